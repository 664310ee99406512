//! Word lists and patterns of sentences. In: `benches/text/`, embedded. Out: [`Phrases`], read once by
//! [`Phrases::read`]; [`Phrases::fill`] makes a sentence of a pattern.
//!
//! In a pattern `{act}` stands for words, `[a|b]` for the first where the subject (`{who}`) is masculine and the second
//! where it is feminine, and `<a|b>` for the same by the gender of `{other}`.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    cast::{Called, Cast},
    random::Random,
};

/// A list of words.
pub type Words = Vec<&'static str>;

/// Everything that articles are made of.
#[derive(Debug)]
pub struct Phrases {
    lists: BTreeMap<&'static str, Words>,
    /// Nouns with the article, masculine and feminine.
    nouns: [Words; 2],
    /// Adjectives with the article, masculine.
    adjectives: Words,
    /// Verbal nouns, all masculine.
    verbal_nouns: Words,
    patterns: BTreeMap<&'static str, Vec<Pattern>>,
}

/// A sentence with gaps.
#[derive(Debug)]
pub struct Pattern {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Text(&'static str),
    /// What the brackets hold: masculine, feminine.
    BySubject(&'static str, &'static str),
    ByOther(&'static str, &'static str),
    Gap(&'static str),
}

/// What a pattern may name beside words: each used where the pattern has its gap.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// `{link}`
    pub link: &'a str,
    /// `{name}`
    pub name: &'a str,
    /// `{role}`
    pub role: &'a str,
}

/// The names of one sentence.
struct Scene<'a> {
    who: Called<'a>,
    other: Called<'a>,
    place: &'a str,
}

impl Phrases {
    /// Reads the embedded lists.
    #[must_use]
    pub fn read() -> Self {
        let lists = [include_str!("../text/words.txt"), include_str!("../text/names.txt")];
        let lists: BTreeMap<_, _> = lists.into_iter().flat_map(sections).collect();
        let list = |name| lists.get(name).cloned().unwrap_or_default();
        let patterns = sections(include_str!("../text/sentences.txt"));
        let patterns = patterns
            .into_iter()
            .map(|(name, lines)| (name, lines.into_iter().map(Pattern::read).collect()));
        Self {
            nouns: [list("nouns, masculine"), list("nouns, feminine")],
            adjectives: list("adjectives"),
            verbal_nouns: list("verbal nouns"),
            patterns: patterns.collect(),
            lists,
        }
    }

    /// The words below a heading of `words.txt` or `names.txt`; none for an unknown one.
    #[must_use]
    pub fn list(&self, name: &str) -> &[&'static str] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// The patterns below a heading of `sentences.txt`; none for an unknown one.
    #[must_use]
    pub fn patterns(&self, name: &str) -> &[Pattern] {
        self.patterns.get(name).map_or(&[], Vec::as_slice)
    }

    /// Appends a sentence by one of the patterns below a heading.
    pub fn say(&self, name: &str, given: Given<'_>, cast: &mut Cast<'_>, out: &mut String) {
        let pattern = cast.random.pick(self.patterns(name));
        if let Some(pattern) = pattern {
            self.fill(pattern, given, cast, out);
        }
    }

    /// Appends a pattern with its gaps filled.
    pub fn fill(&self, pattern: &Pattern, given: Given<'_>, cast: &mut Cast<'_>, out: &mut String) {
        let scene = Scene {
            who: if pattern.has("who") { cast.actor() } else { Called::default() },
            other: if pattern.has("other") { cast.actor() } else { Called::default() },
            place: if pattern.has("place") { cast.place() } else { "" },
        };
        for piece in &pattern.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::BySubject(he, she) => out.push_str(if scene.who.is_she { she } else { he }),
                Piece::ByOther(he, she) => out.push_str(if scene.other.is_she { she } else { he }),
                Piece::Gap(gap) => self.fill_gap(gap, (&scene, given), &mut cast.random, out),
            }
        }
    }

    fn fill_gap(
        &self,
        gap: &str,
        (scene, given): (&Scene<'_>, Given<'_>),
        random: &mut Random,
        out: &mut String,
    ) {
        match gap {
            "who" => out.push_str(scene.who.name),
            "other" => out.push_str(scene.other.name),
            "place" => out.push_str(scene.place),
            "link" => out.push_str(given.link),
            "name" => out.push_str(given.name),
            "role" => out.push_str(given.role),
            "m" => self.noun(0, random, out),
            "f" => self.noun(1, random, out),
            "thing" => self.noun(random.below(2), random, out),
            "act" => {
                out.push_str(random.word(&self.verbal_nouns));
                out.push(' ');
                self.noun(random.below(2), random, out);
            }
            "number" => number(random.between(11, 99), "", out),
            "percent" => {
                // Writing to a string does not fail.
                let _ = write!(out, "{}.{}", random.between(2, 40), random.between(1, 9));
            }
            "n" => number(random.between(11, 99), random.word(self.list("counted")), out),
            "sum" => number(random.between(11, 90) * 10, random.word(self.list("sums")), out),
            "amount" => number(random.between(11, 90) * 10, random.word(self.list("amounts")), out),
            "elsewhere" => out.push_str(random.word(self.list("somewhere"))),
            "time" => out.push_str(random.word(self.list("times"))),
            "weekday" => out.push_str(random.word(self.list("weekdays"))),
            "month" => out.push_str(random.word(self.list("months"))),
            "agency" => out.push_str(random.word(self.list("agencies"))),
            unknown => out.push_str(unknown),
        }
    }

    /// A noun, and mostly an adjective that agrees with it. `gender`: 0 masculine, 1 feminine.
    fn noun(&self, gender: usize, random: &mut Random, out: &mut String) {
        out.push_str(self.nouns.get(gender).map_or("", |nouns| random.word(nouns)));
        if !random.one_in(3) {
            out.push(' ');
            out.push_str(random.word(&self.adjectives));
            if gender == 1 {
                out.push(FEMININE);
            }
        }
    }
}

/// The ending that makes an adjective feminine.
pub const FEMININE: char = '\u{629}';

fn number(number: usize, unit: &str, out: &mut String) {
    // Writing to a string does not fail.
    let _ = write!(out, "{number}{}{unit}", if unit.is_empty() { "" } else { " " });
}

/// The headings of a text and the lines below each.
fn sections(text: &'static str) -> Vec<(&'static str, Words)> {
    let parts = text.split("== ").filter(|part| !part.trim().is_empty());
    let section = parts.map(|part| {
        let (name, lines) = part.split_once('\n').unwrap_or((part, ""));
        (name.trim(), lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect())
    });
    section.collect()
}

impl Pattern {
    fn read(line: &'static str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = line;
        while let Some(open) = rest.find(['{', '[', '<']) {
            let (before, from) = rest.split_at(open);
            let Some(end) = from.find(['}', ']', '>']) else { break };
            let inside = &from[1..end];
            if !before.is_empty() {
                pieces.push(Piece::Text(before));
            }
            let (he, she) = inside.split_once('|').unwrap_or((inside, inside));
            pieces.push(match &from[..1] {
                "[" => Piece::BySubject(he, she),
                "<" => Piece::ByOther(he, she),
                _ => Piece::Gap(inside),
            });
            rest = &from[end + 1..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest));
        }
        Self { pieces }
    }

    fn has(&self, gap: &str) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Gap(it) if *it == gap))
    }
}
