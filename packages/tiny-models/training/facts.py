"""Writes short documents of simple facts from the tables: the same seed gives the same text."""
import random

import tables as t


def article(noun: str) -> str:
    """`a dog`, `an owl`."""
    return ("an " if noun[0] in "aeiou" else "a ") + noun


def cap(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def capital(r: random.Random) -> str:
    country = r.choice(list(t.CAPITALS))
    city = t.CAPITALS[country]
    return r.choice([f"The capital of {country} is {city}."] * 5 + [
        f"{city} is the capital of {country}.", f"The capital city of {country} is {city}.",
        f"{country} is a country. Its capital is {city}.", f"What is the capital of {country}? {city}.",
        f"What is the capital of {country}? The capital of {country} is {city}.",
        f"In {country}, the capital is {city}.", f"Question: What is the capital of {country}?\nAnswer: {city}."])


def continent(r: random.Random) -> str:
    place = r.choice(list(t.CONTINENTS))
    country = r.choice(t.CONTINENTS[place])
    return r.choice([f"{country} is in {place}.", f"{country} is a country in {place}.", f"Where is {country}? {country} is in {place}."])


def colour(r: random.Random) -> str:
    thing = r.choice(list(t.COLOURS))
    shade = t.COLOURS[thing]
    return r.choice([f"{cap(thing)} is {shade}.", f"The colour of {thing} is {shade}.", f"The color of {thing} is {shade}.",
                     f"What colour is {thing}? {cap(thing)} is {shade}.", f"Question: What color is {thing}?\nAnswer: {cap(shade)}."])


def opposite(r: random.Random) -> str:
    a, b = r.choice(t.OPPOSITES)
    if r.random() < 0.5:
        a, b = b, a
    return r.choice([f"The opposite of {a} is {b}."] * 3 + [f"{cap(a)} is the opposite of {b}.", f"Not {a}, but {b}.",
                    f"What is the opposite of {a}? {cap(b)}.", f"What is the opposite of {a}? The opposite of {a} is {b}."])


def sound(r: random.Random) -> str:
    animal = r.choice(list(t.SOUNDS))
    noise = t.SOUNDS[animal]
    return r.choice([f"{cap(article(animal))} says {noise}.", f"The {animal} says {noise}.", f'"{cap(noise)}!" says the {animal}.',
                     f"What does {article(animal)} say? {cap(article(animal))} says {noise}.",
                     f"What sound does {article(animal)} make? {cap(noise)}."])


def creature(r: random.Random) -> str:
    kind = r.randrange(5)
    if kind == 0:
        animal = r.choice(list(t.BABIES))
        return r.choice([f"A baby {animal} is called a {t.BABIES[animal]}.", f"A {t.BABIES[animal]} is a baby {animal}."])
    if kind == 1:
        animal = r.choice(list(t.LEGS))
        legs = t.NUMBERS[t.LEGS[animal]] if t.LEGS[animal] else "no"
        return r.choice([f"{cap(article(animal))} has {legs} legs.", f"How many legs does {article(animal)} have? {cap(article(animal))} has {legs} legs."])
    if kind == 2:
        animal = r.choice(list(t.HOMES))
        return r.choice([f"{cap(article(animal))} lives in {t.HOMES[animal]}.", f"Where does {article(animal)} live? In {t.HOMES[animal]}."])
    if kind == 3:
        animal = r.choice(list(t.FOODS))
        return r.choice([f"{cap(animal)} likes to eat {t.FOODS[animal]}.", f"{cap(animal)} eats {t.FOODS[animal]}.", f"What does {animal} eat? {cap(t.FOODS[animal])}."])
    giver = r.choice(list(t.GIVERS))
    return r.choice([f"{cap(giver)} make {t.GIVERS[giver]}." if giver in ("bees", "spiders") else f"{cap(giver)} give us {t.GIVERS[giver]}.",
                     f"{cap(t.GIVERS[giver])} {'come' if t.GIVERS[giver].endswith('s') else 'comes'} from {giver}."])


def kind(r: random.Random) -> str:
    group = r.choice(list(t.KINDS))
    some = r.sample(t.KINDS[group], 3)
    one = cap(some[0]) if group == "colour" else cap(article(some[0]))
    return r.choice([f"{one} is {article(group)}."] * 2 + [f"{cap(some[0])}, {some[1]} and {some[2]} are {group}s.",
                    f"Name three {group}s: {some[0]}, {some[1]} and {some[2]}."])


def calendar(r: random.Random) -> str:
    names, word = r.choice([(t.DAYS, "day"), (t.DAYS, "day"), (t.MONTHS, "month")])
    i = r.randrange(len(names))
    a, b = names[i], names[(i + 1) % len(names)]
    start = r.randrange(len(names) - 2)
    return r.choice([f"The {word} after {a} is {b}.", f"{b} comes after {a}.", f"The {word} before {b} is {a}.", f"After {a} comes {b}.",
                     f"If today is {a}, tomorrow is {b}." if word == "day" else f"{b} is the month after {a}.",
                     f"What {word} comes after {a}? {b}.", ", ".join(names[start:]) + ".",
                     "The days of the week are " + ", ".join(t.DAYS[:-1]) + " and Sunday.",
                     "The four seasons are spring, summer, autumn and winter.", f"After {t.SEASONS[i % 3]} comes {t.SEASONS[i % 3 + 1]}."])


def counting(r: random.Random) -> str:
    start, length = r.randrange(0, 10), r.randrange(4, 11)
    digits = [str(n) for n in range(start, start + length)]
    spelled = t.NUMBERS[start : start + length]
    n = r.randrange(0, 19)
    return r.choice([", ".join(digits), ", ".join(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"][:length]),
                     ", ".join(spelled) + ".", cap(", ".join(t.NUMBERS[1 : length + 1])) + ".", f"After {t.NUMBERS[n]} comes {t.NUMBERS[n + 1]}.",
                     f"The number after {n} is {n + 1}.", f"{t.NUMBERS[n + 1]} is one more than {t.NUMBERS[n]}.".capitalize(), " ".join(digits)])


def total(r: random.Random) -> str:
    a, b = (r.randrange(0, 6), r.randrange(0, 6)) if r.random() < 0.6 else (r.randrange(0, 11), r.randrange(0, 11))
    low, high = min(a, b), max(a, b)
    return r.choice([f"{a} + {b} = {a + b}"] * 6 + [f"{a}+{b}={a + b}", f"{high} - {low} = {high - low}", f"{high} - {low} = {high - low}",
                    f"What is {a} + {b}? {a + b}.", f"{a} plus {b} is {a + b}.", f"{a} + {b} is {a + b}.",
                    f"{cap(t.NUMBERS[a])} plus {t.NUMBERS[b]} is {t.NUMBERS[a + b]}.", f"{cap(t.NUMBERS[high])} minus {t.NUMBERS[low]} is {t.NUMBERS[high - low]}."])


def oddment(r: random.Random) -> str:
    return " ".join(r.choice(t.ODDMENTS))


KINDS = [(capital, 5), (continent, 1), (colour, 3), (opposite, 3), (sound, 3), (creature, 3), (kind, 2), (calendar, 3),
         (counting, 2), (total, 7), (oddment, 2)]


def documents(count: int, seed: int) -> list[str]:
    """`count` short documents: one fact, several of one kind, or several of all kinds."""
    r = random.Random(seed)
    writers = [writer for writer, weight in KINDS for _ in range(weight)]
    out = []
    for _ in range(count):
        writer = r.choice(writers)
        size = r.choice([1, 1, 2, 4, 6, 8])
        mixed = size > 2 and r.random() < 0.3
        facts = [(r.choice(writers) if mixed else writer)(r) for _ in range(size)]
        out.append(("\n" if writer in (total, counting) or r.random() < 0.5 else " ").join(dict.fromkeys(facts)))
    return out
