const hour = '(?:[01]\\d|2[0-3])';
const sixty = '[0-5]\\d';
const time = `${hour}:${sixty}:${sixty}(?:\\.\\d{1,6})?(?:Z|[+-]${hour}:${sixty})`;
const ordinaryDay =
  '\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))';
const leapDay = '(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29';
const date = `(?:${ordinaryDay}|${leapDay})`;
const days = '(?:\\d{1,4}Y(?:\\d{1,4}M)?(?:\\d{1,4}D)?|\\d{1,4}M(?:\\d{1,4}D)?|\\d{1,4}D)';
const clock = 'T(?:\\d{1,4}H(?:\\d{1,4}M)?(?:\\d{1,4}S)?|\\d{1,4}M(?:\\d{1,4}S)?|\\d{1,4}S)';
const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const group = '[0-9a-fA-F]{1,4}';
const shortened = [1, 2, 3, 4, 5, 6].map((left) => `(?:${group}:){1,${left}}(?::${group}){1,${7 - left}}`);
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?';
const domain = `(?:${label}\\.){1,5}[A-Za-z]{2,20}`;
const mailbox = '[A-Za-z0-9_+-]{1,32}(?:\\.[A-Za-z0-9_+-]{1,32}){0,3}';
const path = '[A-Za-z0-9._~-]{0,64}';

/**
 * Each format as a pattern that spells the whole text. A pattern may be narrower than the format (URIs are those of the
 * web, hosts have at most six labels), never wider.
 * Source: JSON Schema 2020-12, validation, section 7.3; RFC 3339, 4122, 5321, 1123, 2673, 4291, 3986.
 */
export const formats: Readonly<Record<string, string>> = {
  date,
  time,
  'date-time': `${date}T${time}`,
  duration: `P(?:${days}(?:${clock})?|${clock}|\\d{1,4}W)`,
  email: `${mailbox}@${domain}`,
  hostname: `(?:${label}\\.){0,5}${label}`,
  ipv4: `(?:${byte}\\.){3}${byte}`,
  ipv6: [`(?:${group}:){7}${group}`, `(?:${group}:){1,7}:`, ...shortened, `:(?::${group}){1,7}`, '::'].join(
    '|',
  ),
  uuid: '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}',
  uri: `https?:\\/\\/${domain}(?::[1-9]\\d{1,3})?(?:\\/${path}){0,8}(?:\\?[A-Za-z0-9._~=&-]{0,64})?(?:#[A-Za-z0-9._~-]{0,64})?`,
};
