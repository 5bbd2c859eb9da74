"""Draws a run's log as a small SVG: loss on the batches and validation bits per byte against tokens seen."""
import json
from pathlib import Path

WIDTH, HEIGHT, LEFT, BOTTOM = 560, 260, 46, 34


def read(log: Path) -> list[dict]:
    """The log's notes; of a part that was run twice the later one counts."""
    notes: dict[int, dict] = {}
    for line in log.read_text().splitlines():
        note = json.loads(line)
        notes = {step: kept for step, kept in notes.items() if step < note["step"]}
        notes[note["step"]] = note
    return list(notes.values())


def points(notes: list[dict], key: str, most: float, low: float, high: float) -> str:
    """Coordinates of one line."""
    x = lambda n: LEFT + (WIDTH - LEFT - 10) * n["tokens"] / most
    y = lambda v: 10 + (HEIGHT - BOTTOM - 10) * (high - min(max(v, low), high)) / (high - low)
    return " ".join(f"{x(n):.1f},{y(n[key]):.1f}" for n in notes)


def draw(log: Path, file: Path, title: str) -> None:
    """Writes `file`; the left scale is for both lines (nats per token, bits per byte)."""
    notes = [n for n in read(log) if n["tokens"]]
    most = max(n["tokens"] for n in notes)
    values = [n[k] for n in notes for k in ("true", "validation")]
    low, high = max(0.0, int(min(values) * 4) / 4 - 0.25), min(4.5, max(values)) + 0.1
    level = lambda v: 10 + (HEIGHT - BOTTOM - 10) * (high - v) / (high - low)
    step = 0.5 if high - low > 1.6 else 0.25
    ticks = [v * step for v in range(int(low / step) + 1, int(high / step) + 1)]
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="11">',
             f"<title>{title}</title>", f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>']
    for v in ticks:
        lines.append(f'<path d="M{LEFT} {level(v):.1f}H{WIDTH - 10}" stroke="#ddd"/><text x="{LEFT - 6}" y="{level(v) + 4:.1f}" text-anchor="end">{v:g}</text>')
    for part in range(5):
        at, anchor = LEFT + (WIDTH - LEFT - 10) * part / 4, "end" if part == 4 else "middle"
        lines.append(f'<text x="{at:.0f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="{anchor}">{most * part / 4e6:.1f} M</text>')
    lines.append(f'<text x="{(WIDTH + LEFT) / 2:.0f}" y="{HEIGHT - 4}" text-anchor="middle">tokens seen</text>')
    for key, colour, label, at in (("true", "#888", "loss on the batches (nats per token)", 26), ("validation", "#06c", "validation stories (bits per byte)", 42)):
        lines.append(f'<polyline points="{points(notes, key, most, low, high)}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        lines.append(f'<text x="{WIDTH - 14}" y="{at}" text-anchor="end" fill="{colour}">{label}</text>')
    file.write_text("\n".join([*lines, "</svg>"]) + "\n")
