const key = 'nexttoken.theme';
const themes = ['auto', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const icons: Readonly<Record<Theme, string>> = {
  auto: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 0v12',
  light:
    'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1m8 8 1 1M3 13l1-1m8-8 1-1',
  dark: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5Z',
};

/** The button that goes through the themes: as the system has it, light, dark. The choice is remembered. */
export function connectTheme(button: HTMLButtonElement): void {
  let theme = themes.find((name) => name === localStorage.getItem(key)) ?? 'auto';

  function show(): void {
    document.documentElement.dataset.theme = theme;
    const words = theme === 'auto' ? 'as the system has it' : theme;
    button.title = `Theme: ${words}`;
    button.setAttribute('aria-label', `Theme: ${words}`);
    button.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${icons[theme]}"/></svg>`;
  }
  button.addEventListener('click', () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length]!;
    localStorage.setItem(key, theme);
    show();
  });
  show();
}
