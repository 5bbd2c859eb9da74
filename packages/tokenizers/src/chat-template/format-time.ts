const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/**
 * Python's `strftime` in the C locale, for the local time of `date`. A directive that is not known stays as
 * it is.
 */
export function formatTime(date: Date, format: string): string {
  return format.replace(/%(-?)([a-zA-Z%])/g, (found, dash: string, directive: string) => {
    const value = directiveValue(date, directive);
    if (value === undefined) return found;
    return dash === '' ? value : value.replace(/^[0 ]+(?=.)/, '');
  });
}

function directiveValue(date: Date, directive: string): string | undefined {
  const pad = (value: number, width = 2) => String(value).padStart(width, '0');
  const hour12 = date.getHours() % 12 === 0 ? 12 : date.getHours() % 12;
  const clock = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
  switch (directive) {
    case 'Y':
      return String(date.getFullYear());
    case 'y':
      return pad(date.getFullYear() % 100);
    case 'm':
      return pad(date.getMonth() + 1);
    case 'd':
      return pad(date.getDate());
    case 'e':
      return String(date.getDate()).padStart(2, ' ');
    case 'B':
      return months[date.getMonth()];
    case 'b':
      return months[date.getMonth()]!.slice(0, 3);
    case 'A':
      return days[date.getDay()];
    case 'a':
      return days[date.getDay()]!.slice(0, 3);
    case 'w':
      return String(date.getDay());
    case 'j':
      return pad(dayOfYear(date), 3);
    case 'H':
      return pad(date.getHours());
    case 'I':
      return pad(hour12);
    case 'M':
      return pad(date.getMinutes());
    case 'S':
      return pad(date.getSeconds());
    case 'f':
      return pad(date.getMilliseconds() * 1000, 6);
    case 'p':
      return date.getHours() < 12 ? 'AM' : 'PM';
    case 'T':
      return clock;
    case 'F':
      return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
    case 'D':
      return `${pad(date.getMonth() + 1)}/${pad(date.getDate())}/${pad(date.getFullYear() % 100)}`;
    case '%':
      return '%';
    default:
      return undefined;
  }
}

function dayOfYear(date: Date): number {
  const day = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((day - Date.UTC(date.getFullYear(), 0, 0)) / 86_400_000);
}
