//! Finds names in running text. In: the names of all entities, then a text and the ranges to look in.
//! Out: [`Hit`]s in order, not overlapping. The door is [`Matcher::new`] and [`Matcher::find`].
//!
//! A name is found as written, between word bounds, the longest at a place; white space in a name stands for
//! any white space in the text.

use rustc_hash::FxHashMap;

use crate::{
    model::{
        article::TextRun,
        registry::{Entity, Matching},
    },
    text::fold::is_word_char,
};

/// The names of all entities, ready to be looked for.
#[derive(Debug, Default)]
pub struct Matcher {
    /// First word of a name → the names that begin with it, longest first. Only looked up, never iterated.
    by_first_word: FxHashMap<String, Vec<Name>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    /// The name's words with one space between.
    text: String,
    /// Positions of the entities that bear it, in order.
    bearers: Vec<u32>,
}

/// A name found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'a> {
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Number of the block it is in.
    pub block: u32,
    /// Positions, in the list given to [`Matcher::new`], of the entities that bear the name.
    pub bearers: &'a [u32],
}

impl Matcher {
    /// A matcher for the names and aliases of `entities`, except those that are never to be matched.
    #[must_use]
    pub fn new(entities: &[Entity]) -> Self {
        let mut matcher = Self::default();
        for (position, entity) in (0..).zip(entities) {
            if entity.matching != Matching::Never {
                matcher.add(&entity.name, position);
                entity.aliases.iter().for_each(|alias| matcher.add(&alias.text, position));
            }
        }
        matcher
    }

    /// Adds one name of the bearer at `position`.
    pub fn add(&mut self, name: &str, position: u32) {
        let text = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(first) = first_word(&text) else { return };
        let names = self.by_first_word.entry(first.to_owned()).or_default();
        match names.iter_mut().find(|name| name.text == text) {
            Some(name) if name.bearers.contains(&position) => {}
            Some(name) => name.bearers.push(position),
            None => {
                let longer = names.partition_point(|name| name.text.len() >= text.len());
                names.insert(longer, Name { text, bearers: vec![position] });
            }
        }
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_first_word.is_empty()
    }

    /// The names in the given ranges of `text`.
    #[must_use]
    pub fn find(&self, text: &str, runs: &[TextRun]) -> Vec<Hit<'_>> {
        let mut hits = Vec::new();
        for run in runs {
            self.find_in(text, *run, &mut hits);
        }
        hits
    }

    fn find_in<'a>(&'a self, text: &str, run: TextRun, hits: &mut Vec<Hit<'a>>) {
        let end = run.end as usize;
        let mut at = run.start as usize;
        while let Some(start) = next_word(text, at, end) {
            let word_end = word_end(text, start, end);
            at = word_end;
            // A word that began before the run is only part of one.
            if start == run.start as usize && text[..start].ends_with(is_word_char) {
                continue;
            }
            let names = self.by_first_word.get(&text[start..word_end]);
            let longest = names.into_iter().flatten().find_map(|name| {
                matched(&name.text, text, start, end).map(|end| (end, name.bearers.as_slice()))
            });
            if let Some((end, bearers)) = longest {
                hits.push(Hit { start, end, block: run.block, bearers });
                at = end;
            }
        }
    }
}

/// Where the next word at or after `at` begins, before `end`.
fn next_word(text: &str, mut at: usize, end: usize) -> Option<usize> {
    while at < end {
        let (length, is_of_word) = char_at(text, at);
        if is_of_word {
            return Some(at);
        }
        at += length;
    }
    None
}

/// Where the word that begins at `start` ends.
fn word_end(text: &str, start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end {
        let (length, is_of_word) = char_at(text, at);
        if !is_of_word {
            return at;
        }
        at += length;
    }
    end
}

/// The length in bytes of the character at a byte of a text, and whether it belongs to a word ([`is_word_char`]). By
/// bytes for ASCII and U+0620 to U+06D3, for all that is published goes through here.
#[inline(always)]
fn char_at(text: &str, at: usize) -> (usize, bool) {
    match text.as_bytes().get(at..at + 2) {
        Some(&[byte @ ..0x80, _]) => (1, byte.is_ascii_alphanumeric()),
        Some(
            &[0xD8, 0xA0..=0xBF] | &[0xD9, ..=0xA9 | 0xAE..=0xBF] | &[0xDA, _] | &[0xDB, ..=0x93],
        ) => (2, true),
        _ => rare_char_at(text, at),
    }
}

#[cold]
fn rare_char_at(text: &str, at: usize) -> (usize, bool) {
    text[at..].chars().next().map_or((1, false), |c| (c.len_utf8(), is_word_char(c)))
}

/// The first word of a name; `None` for a name that does not begin with one.
fn first_word(name: &str) -> Option<&str> {
    let end = word_end(name, 0, name.len());
    (end > 0).then(|| &name[..end])
}

/// Where `name` ends in `text` if it stands at `start` and ends at a word's bound before `end`.
fn matched(name: &str, text: &str, start: usize, end: usize) -> Option<usize> {
    let mut rest = &text[start..end];
    for (position, word) in name.split(' ').enumerate() {
        if position > 0 {
            let trimmed = rest.trim_start();
            if trimmed.len() == rest.len() {
                return None;
            }
            rest = trimmed;
        }
        rest = rest.strip_prefix(word)?;
    }
    let after = end - rest.len();
    let ends_word = !text[after..].starts_with(is_word_char);
    ends_word.then_some(after)
}
