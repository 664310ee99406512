//! What languages write together with a name, and which of their words are no names. In: a language's tag. Out: its
//! [`Language`]: a table that a reader of the language can check, in one file for each; and that table made ready for
//! looking up: [`Grammar`].
//!
//! Arabic and Hebrew put particles before a word without a space; Persian and Urdu join endings to it with a zero-width
//! non-joiner. Hebrew letters are always read by the table of Hebrew, so that a name in another script keeps its rules.

mod ar;
mod fa;
mod he;
mod phrases;
mod ur;

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use self::phrases::Phrases;
use super::letters::{codes, letters, with_letter};

/// What there is to know of a language to find names in it.
#[derive(Debug)]
pub struct Language {
    /// BCP 47, the language alone.
    pub tag: &'static str,
    /// Particles that stand before a name without a space: of each slot at most one, the slots in this order.
    pub before: &'static [&'static [&'static str]],
    /// The article, written together with the word behind it; empty where there is none.
    pub article: &'static str,
    /// A particle, and what it makes together with the article.
    pub contractions: &'static [(&'static str, &'static str)],
    /// Names used with the article and without it.
    pub both_ways: &'static [&'static str],
    /// Short names that with a particle look like no other word.
    pub known: &'static [&'static str],
    /// Endings that a zero-width non-joiner joins to a name.
    pub after: &'static [&'static str],
    /// Words that a family name may begin with: «بن لادن».
    pub connectors: &'static [&'static str],
    /// Words that make one name with the word before them: «نصر الله».
    pub completions: &'static [&'static str],
    /// Family names that come first: «كيم جونغ أون».
    pub family_first: &'static [&'static str],
    /// Given names that so many bear that as a family name they stand for nobody.
    pub frequent: &'static [&'static str],
    /// Given names.
    pub given: &'static str,
    /// Words that are no names by themselves, and whole as they are.
    pub common: &'static str,
    /// Names that are whole as they are.
    pub whole: &'static str,
    /// Phrases in which a word that may be a name is none.
    pub phrases: &'static str,
    /// How an adjective ends that agrees with a noun with the article of one of these endings, and has the article too.
    pub adjective: (&'static str, &'static [&'static str]),
    /// How the name of many ends where they act, and how elsewhere: «الحوثيون», «الحوثيين».
    pub plural: (&'static str, &'static str),
}

impl Language {
    /// A language of which nothing is known.
    const NONE: Self = Self {
        tag: "",
        before: &[],
        article: "",
        contractions: &[],
        both_ways: &[],
        known: &[],
        after: &[],
        connectors: &[],
        completions: &[],
        family_first: &[],
        frequent: &[],
        given: "",
        common: "",
        whole: "",
        phrases: "",
        adjective: ("", &[]),
        plural: ("", ""),
    };
}

/// A table of word lists and particles, ready for looking up.
#[derive(Debug)]
pub struct Grammar {
    /// The table it is made of.
    pub language: &'static Language,
    /// Everything that may stand before a name, by its first letter, from U+0580 to U+06FF.
    prefixes: Vec<Vec<Prefix>>,
    common: Words,
    whole: Words,
    /// The keys of both.
    whole_keys: FxHashSet<u64>,
    given: Words,
    known: Words,
    both_ways: Words,
    connectors: Words,
    completions: Words,
    family_first: Words,
    frequent: Words,
    phrases: Phrases,
}

/// One or more particles, as they are written before a name.
#[derive(Debug, Clone)]
pub struct Prefix {
    /// It as it is written.
    pub text: String,
    /// Its letters, folded; 0 behind the last.
    codes: [u16; MOST],
    /// How many they are.
    pub len: usize,
    /// Their key.
    pub key: u64,
    /// After each particle but the last: how many letters have passed, and their key.
    pub ends: Vec<(usize, u64)>,
    /// The slot of the last particle.
    pub slot: usize,
}

/// The most letters that stand before a name.
const MOST: usize = 8;

impl Prefix {
    /// Its letters, folded.
    #[must_use]
    #[inline]
    pub fn codes(&self) -> &[u16] {
        self.codes.get(..self.len).unwrap_or_default()
    }
}

static GRAMMARS: LazyLock<[Grammar; 5]> = LazyLock::new(|| {
    [&ar::ARABIC, &fa::PERSIAN, &ur::URDU, &he::HEBREW, &Language::NONE].map(Grammar::of)
});

/// The grammar of a language (BCP 47), for words of its usual script. Other languages in Arabic letters have none.
#[must_use]
pub fn grammar(tag: &str) -> &'static Grammar {
    let base = tag.split(['-', '_']).next().unwrap_or_default();
    let [arabic, persian, urdu, hebrew, none] = &*GRAMMARS;
    match base.to_ascii_lowercase().as_str() {
        "fa" | "prs" | "tg" => persian,
        "ur" | "ps" | "sd" | "pnb" => urdu,
        "he" | "iw" | "yi" => hebrew,
        "ckb" | "ku" | "ug" | "az" => none,
        // Arabic names stand in texts of every other language.
        _ => arabic,
    }
}

impl Grammar {
    fn of(language: &'static Language) -> Self {
        let lines = |text: &'static str| {
            Words::of(
                text.lines().filter(|it| !it.starts_with('#')).flat_map(str::split_whitespace),
            )
        };
        let words = |words: &'static [&'static str]| Words::of(words.iter().copied());
        let (common, whole) = (lines(language.common), lines(language.whole));
        let whole_keys = common.keys().chain(whole.keys()).collect();
        Self {
            language,
            prefixes: prefixes(language),
            common,
            whole,
            whole_keys,
            given: lines(language.given),
            known: words(language.known),
            both_ways: words(language.both_ways),
            connectors: words(language.connectors),
            completions: words(language.completions),
            family_first: words(language.family_first),
            frequent: words(language.frequent),
            phrases: Phrases::of(language.phrases),
        }
    }

    /// What may stand before a name in a word that begins with this letter; the shortest first.
    #[must_use]
    #[inline]
    pub fn prefixes(&self, first: u16) -> &[Prefix] {
        let at = usize::from(first).wrapping_sub(0x580);
        self.prefixes.get(at).map_or(&[], Vec::as_slice)
    }

    /// Whether a word is no name by itself.
    #[must_use]
    pub fn is_common(&self, word: &[char]) -> bool {
        self.common.holds(word)
    }

    /// Whether a word is whole as it is, so that what looks like a particle is none.
    #[must_use]
    pub fn is_whole(&self, word: &[char]) -> bool {
        self.common.holds(word) || self.whole.holds(word)
    }

    /// Whether a word of this key may be whole as it is; nearly no other is said to be.
    #[must_use]
    pub fn may_be_whole(&self, key: u64) -> bool {
        self.whole_keys.contains(&key)
    }

    /// Whether a word is a given name.
    #[must_use]
    pub fn is_given(&self, word: &[char]) -> bool {
        self.given.holds(word)
    }

    /// Whether a word is a given name that too many bear to stand for one.
    #[must_use]
    pub fn is_frequent(&self, word: &[char]) -> bool {
        self.frequent.holds(word)
    }

    /// Whether a short name is like no other word, with a particle too.
    #[must_use]
    pub fn is_known(&self, word: &[char]) -> bool {
        self.known.holds(word)
    }

    /// Whether a word without its article is a name that is used with it and without it.
    #[must_use]
    pub fn is_both_ways(&self, word: &[char]) -> bool {
        self.both_ways.holds(word)
    }

    /// Whether a family name may begin with a word.
    #[must_use]
    pub fn is_connector(&self, word: &[char]) -> bool {
        self.connectors.holds(word)
    }

    /// Whether a word makes one name with the one before it.
    #[must_use]
    pub fn is_completion(&self, word: &[char]) -> bool {
        self.completions.holds(word)
    }

    /// Whether a word is a family name that comes first.
    #[must_use]
    pub fn is_family_first(&self, word: &[char]) -> bool {
        self.family_first.holds(word)
    }

    /// Whether an ending may be joined to a name.
    #[must_use]
    pub fn is_ending(&self, word: &str) -> bool {
        self.language.after.contains(&word)
    }
}

/// All that the slots of a language allow.
fn prefixes(language: &Language) -> Vec<Vec<Prefix>> {
    let mut all: Vec<Prefix> = Vec::new();
    for (slot, particles) in language.before.iter().enumerate() {
        let shorter = all.clone();
        for particle in *particles {
            all.push(prefix(None, particle, slot));
            all.extend(shorter.iter().map(|it| prefix(Some(it), particle, slot)));
        }
    }
    all.sort_by_key(|prefix| prefix.len);
    let mut by_first: Vec<Vec<Prefix>> = (0..0x180).map(|_| Vec::new()).collect();
    for prefix in all {
        let first =
            prefix.codes().first().map_or(0, |first| usize::from(*first).wrapping_sub(0x580));
        by_first.get_mut(first).into_iter().for_each(|it| it.push(prefix.clone()));
    }
    by_first
}

fn prefix(before: Option<&Prefix>, particle: &str, slot: usize) -> Prefix {
    let mut all: Vec<u16> = before.map_or_else(Vec::new, |it| it.codes().to_vec());
    let mut ends = before.map_or_else(Vec::new, |it| it.ends.clone());
    if !all.is_empty() {
        ends.push((all.len(), before.map_or(0, |it| it.key)));
    }
    all.extend(codes(particle).map(|(code, _)| code));
    let key = all.iter().fold(0, |key, code| with_letter(key, *code));
    let text = before.map_or("", |it| &it.text).to_owned() + particle;
    let mut codes = [0; MOST];
    codes.iter_mut().zip(&all).for_each(|(slot, code)| *slot = *code);
    Prefix { text, codes, len: all.len().min(MOST), key, ends, slot }
}

/// Words that are looked up by their letters. A hamza that a word bears may be left out in a text; one that it does not
/// bear makes another word.
#[derive(Debug, Default)]
struct Words(FxHashSet<Box<[char]>>);

impl Words {
    fn of(words: impl Iterator<Item = &'static str>) -> Self {
        let mut all = Self::default();
        all.put(words.map(letters));
        all
    }

    fn put(&mut self, words: impl Iterator<Item = Vec<char>>) {
        self.0.extend(words.flat_map(|word| [plain(&word, bare), plain(&word, |c| c)]));
    }

    /// The keys that they have in a text.
    fn keys(&self) -> impl Iterator<Item = u64> {
        self.0.iter().map(|word| {
            let word: String = word.iter().collect();
            codes(&word).fold(0, |key, (code, _)| with_letter(key, code))
        })
    }

    fn holds(&self, word: &[char]) -> bool {
        // Nearly no word has that yeh, and is looked up as it is.
        let is_plain = !word.contains(&PERSIAN_YEH);
        !self.0.is_empty()
            && if is_plain { self.0.contains(word) } else { self.0.contains(&plain(word, |c| c)) }
    }
}

fn bare(c: char) -> char {
    if matches!(c, '\u{622}' | '\u{623}' | '\u{625}') { '\u{627}' } else { c }
}

const PERSIAN_YEH: char = '\u{6CC}';

/// The yeh of Persian and Urdu is one letter, however it was typed.
fn plain(word: &[char], form: impl Fn(char) -> char) -> Box<[char]> {
    word.iter().map(|&c| form(if c == PERSIAN_YEH { '\u{64A}' } else { c })).collect()
}
