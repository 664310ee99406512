//! The spellings of names, by the keys of their first words. In: the names of entities. Out: for a word, the names that
//! may begin with it ([`Index::first`]).
//!
//! What the particles of a language do to the inside of a word is a [`Form`] of its own, made here once: ل before ال is
//! لل, and some names are used with the article and without it. What only stands before a word is taken off by `scan`.

use std::{cmp::Ordering, hash::Hasher, slice};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::{
    family::{family, is_title},
    spellings::{both_ways, derived, forms},
};
use crate::text::{
    letters::{Word, codes, gap, letters, with_letter},
    particles::{Grammar, grammar},
};

/// Bits of the filter that most words of a text fail.
const FILTER_BITS: u32 = 19;

/// All names.
#[derive(Debug, Default)]
pub(super) struct Index {
    names: Vec<Name>,
    /// By the letters of all words. Only looked up, never iterated.
    by_letters: FxHashMap<String, u32>,
    /// For each name, the entities that bear it in any way; empty once all are there.
    borne: Vec<Vec<(Rank, u32)>>,
    /// By the keys of their first two words, once all are there. Most words of a text that are looked up here are none of
    /// them, so what is compared first is kept close together.
    forms: Vec<Form>,
    /// The words that forms begin with.
    first_words: Vec<Box<[char]>>,
    /// For the first bits of a key, where its forms begin; and one number more.
    begins: Vec<u32>,
    /// By how many bits a key is moved to leave those.
    shift: u32,
    filter: Vec<u64>,
}

/// A spelling of a name.
#[derive(Debug)]
pub(super) struct Name {
    /// Its words.
    pub(super) words: Box<[NameWord]>,
    /// The entities that bear it, in order: of registered names, only those that registered it.
    bearers: Bearers,
    /// Letters of all its words.
    pub(super) n_letters: u32,
    /// How its bearers bear it.
    pub(super) rank: Rank,
}

/// Nearly every name has one.
#[derive(Debug)]
enum Bearers {
    One(u32),
    Many(Box<[u32]>),
}

/// A word of a name.
#[derive(Debug)]
pub(super) struct NameWord {
    /// Its letters.
    pub(super) letters: Box<[char]>,
    /// They as text.
    pub(super) text: Box<str>,
    /// What its spellings share.
    pub(super) key: u64,
    /// The marks between the word before and this one.
    pub(super) gap: Box<str>,
    /// Whether a hyphen or a zero-width non-joiner joins it to the word before.
    pub(super) is_joined: bool,
}

/// How an entity bears a name; the first that there is counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// It is registered.
    Registered,
    /// It follows from a registered name: «عبد الله», «عبدالله».
    Derived,
    /// It is the family name.
    Family,
}

/// How the first word of a name may be written.
#[derive(Debug)]
pub(super) struct Form {
    /// The key of the word.
    key: u64,
    /// The key of the second word of the name; 0 if it has none.
    second: u64,
    /// The [`digest`] of the whole name as text.
    pub(super) digest: u64,
    /// Bytes of that; 0 where more than a space is between its words.
    pub(super) len: u16,
    /// Letters of it before the name.
    pub(super) lead: u8,
    /// One more than the slot of the particle that is in it, or 0.
    slot: u8,
    /// Which name.
    name: u32,
    /// Which of the words that names begin with.
    first: u32,
}

impl Name {
    /// Its word, if it is one of one.
    pub(super) fn word(&self) -> Option<&[char]> {
        if let [word] = &*self.words { Some(&word.letters) } else { None }
    }

    /// The entities that bear it.
    pub(super) fn bearers(&self) -> &[u32] {
        match &self.bearers {
            Bearers::One(bearer) => slice::from_ref(bearer),
            Bearers::Many(bearers) => bearers,
        }
    }

    /// Says who bears it in any way.
    fn close(&mut self, borne: &[(Rank, u32)]) {
        self.rank = borne.iter().map(|(rank, _)| *rank).min().unwrap_or(Rank::Family);
        let mut bearers: Vec<u32> =
            borne.iter().filter(|it| it.0 == self.rank).map(|it| it.1).collect();
        bearers.sort_unstable();
        bearers.dedup();
        self.bearers = match bearers[..] {
            [only] => Bearers::One(only),
            _ => Bearers::Many(bearers.into()),
        };
    }
}

impl Index {
    /// Adds the names of one entity.
    pub(super) fn add(&mut self, names: &[&str], position: u32, is_person: bool) {
        let split: Vec<Vec<NameWord>> = names.iter().map(|name| words_of(name)).collect();
        let spelled = both_ways(&split);
        let name: Vec<&[char]> =
            split.first().into_iter().flatten().map(|word| &*word.letters).collect();
        for words in split.iter().filter(|words| !words.is_empty()) {
            let grammar = grammar_of(words);
            self.put(words, (Rank::Registered, position), &spelled);
            for derived in derived(words, &spelled, (grammar, is_person)) {
                self.put(&derived, (Rank::Derived, position), &spelled);
            }
            let plain: Vec<&[char]> = words.iter().map(|word| &*word.letters).collect();
            let is_called = is_person && !(plain != name && is_title(&plain, &name, grammar));
            let is_joined = |at: usize| words[at].is_joined;
            if is_called && let Some(range) = family(&plain, is_joined, grammar) {
                let family = &words[range];
                self.put(family, (Rank::Family, position), &spelled);
                for derived in derived(family, &spelled, (grammar, is_person)) {
                    self.put(&derived, (Rank::Family, position), &spelled);
                }
            }
        }
    }

    fn put(&mut self, words: &[NameWord], bearer: (Rank, u32), spelled: &FxHashSet<Box<[char]>>) {
        let mut key = String::new();
        for (at, word) in words.iter().enumerate() {
            if at > 0 {
                key.push(' ');
                key.push_str(&word.gap);
            }
            key.extend(word.letters.iter());
        }
        if let Some(&known) = self.by_letters.get(&key) {
            let bearers = self.borne.get_mut(known as usize);
            let is_new = |all: &&mut Vec<(Rank, u32)>| !all.contains(&bearer);
            bearers.filter(is_new).into_iter().for_each(|all| all.push(bearer));
            return;
        }
        let Some(first) = words.first() else { return };
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let grammar = grammar_of(words);
        let second = words.get(1).map_or(0, |word| word.key);
        let is_spaced = words.iter().all(|word| word.gap.is_empty());
        let rest: String = words[1..].iter().flat_map(|word| [" ", &*word.text]).collect();
        for (letters, lead, slot) in forms(&first.letters, grammar, spelled) {
            let whole = letters.iter().collect::<String>() + &rest;
            // No word has so many particles; a name of so many bytes is compared letter by letter.
            let small = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
            let len = if is_spaced { u16::try_from(whole.len()).unwrap_or(0) } else { 0 };
            let (lead, slot) = (small(lead), slot.map_or(0, |slot| small(slot + 1)));
            let (key, digest) = (key_of(&letters), digest(&whole));
            let first = u32::try_from(self.first_words.len()).unwrap_or(u32::MAX);
            self.first_words.push(letters);
            self.forms.push(Form { key, second, digest, len, lead, slot, name: number, first });
        }
        self.by_letters.insert(key, number);
        let n_letters = words.iter().map(|word| word.letters.len()).sum::<usize>();
        self.names.push(Name {
            words: words.iter().map(NameWord::again).collect(),
            bearers: Bearers::One(bearer.1),
            n_letters: u32::try_from(n_letters).unwrap_or(u32::MAX),
            rank: bearer.0,
        });
        self.borne.push(vec![bearer]);
    }

    /// Says that all names are there.
    pub(super) fn close(&mut self) {
        self.by_letters = FxHashMap::default();
        let borne = std::mem::take(&mut self.borne);
        self.names.iter_mut().zip(&borne).for_each(|(name, borne)| name.close(borne));
        self.forms.sort_by_key(|form| (form.key, form.second));
        self.filter = vec![0; 1 << (FILTER_BITS - 6)];
        for form in &self.forms {
            let bit = bit(form.key);
            self.filter[bit >> 6] |= 1 << (bit & 63);
        }
        let n_bits = self.forms.len().max(2).ilog2();
        self.shift = 64 - n_bits;
        let begins = (0..1_u64 << n_bits)
            .map(|bits| self.forms.partition_point(|form| form.key >> self.shift < bits))
            .chain([self.forms.len()]);
        self.begins = begins.map(|at| u32::try_from(at).unwrap_or(u32::MAX)).collect();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether a name may begin with a word of this key.
    #[inline(always)]
    pub(super) fn may_begin(&self, key: u64) -> bool {
        let bit = bit(key);
        self.filter.get(bit >> 6).is_some_and(|bits| bits >> (bit & 63) & 1 == 1)
    }

    /// The forms whose first word has this key.
    pub(super) fn first(&self, key: u64) -> &[Form] {
        let bits = (key >> self.shift) as usize;
        let (Some(&from), Some(&to)) = (self.begins.get(bits), self.begins.get(bits + 1)) else {
            return &[];
        };
        let forms = self.forms.get(from as usize..to as usize).unwrap_or_default();
        part(forms, |form| form.key.cmp(&key))
    }

    /// The first word of a form.
    pub(super) fn first_word(&self, form: &Form) -> &[char] {
        self.first_words.get(form.first as usize).map_or(&[], |word| word)
    }

    /// Every spelling, and the name that is written so.
    pub(super) fn spellings(&self) -> impl Iterator<Item = (&Form, &Name)> {
        self.forms.iter().filter_map(|form| Some((form, self.name(form)?)))
    }

    /// A spelling as text, with the marks between its words.
    pub(super) fn spelling(&self, form: &Form, name: &Name) -> String {
        let rest = name.words.iter().skip(1).flat_map(|word| [" ", &*word.gap, &*word.text]);
        self.first_word(form).iter().collect::<String>() + &rest.collect::<String>()
    }

    /// The name that is written so.
    pub(super) fn name(&self, form: &Form) -> Option<&Name> {
        self.names.get(form.name as usize)
    }
}

impl Form {
    /// The slot of the particle that is in the word.
    pub(super) fn slot(&self) -> Option<usize> {
        usize::from(self.slot).checked_sub(1)
    }

    /// The key of its first word.
    pub(super) fn key(&self) -> u64 {
        self.key
    }

    /// The keys of its words.
    pub(super) fn keys(&self, name: &Name) -> Vec<u64> {
        [self.key].into_iter().chain(name.words.iter().skip(1).map(|word| word.key)).collect()
    }

    /// How many letters of it are before the name, and which particle is in it.
    pub(super) fn glued(&self) -> (u8, u8) {
        (self.lead, self.slot)
    }

    /// Of the forms whose first word has one key: those of names of one word, and those of longer ones.
    pub(super) fn alone(forms: &[Self]) -> (&[Self], &[Self]) {
        forms.split_at(forms.partition_point(|form| form.second == 0))
    }

    /// Of such forms, those whose second word has this key.
    pub(super) fn second(forms: &[Self], key: u64) -> &[Self] {
        part(forms, |form| form.second.cmp(&key))
    }
}

/// The forms that are equal, of some that are sorted so.
fn part(forms: &[Form], order: impl Fn(&Form) -> Ordering) -> &[Form] {
    let forms = &forms[forms.partition_point(|form| order(form) == Ordering::Less)..];
    &forms[..forms.partition_point(|form| order(form) == Ordering::Equal)]
}

impl NameWord {
    pub(super) fn new(letters: &[char]) -> Self {
        Self {
            letters: letters.into(),
            text: letters.iter().collect::<String>().into(),
            key: key_of(letters),
            gap: "".into(),
            is_joined: false,
        }
    }

    pub(super) fn again(&self) -> Self {
        Self { gap: self.gap.clone(), is_joined: self.is_joined, ..Self::new(&self.letters) }
    }
}

fn bit(key: u64) -> usize {
    (key >> (64 - FILTER_BITS)) as usize
}

/// What tells a text from others that have the same keys and the same length.
pub(super) fn digest(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// The key that a word of these letters has in a text.
fn key_of(letters: &[char]) -> u64 {
    let word: String = letters.iter().collect();
    codes(&word).fold(0, |key, (code, _)| with_letter(key, code))
}

/// The words of a name; marks around it are none of it.
fn words_of(name: &str) -> Vec<NameWord> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(word) = Word::next(name, at, name.len()) {
        let between = if words.is_empty() { "" } else { &name[at..word.start] };
        let letters = letters(&name[word.start..word.end]);
        let gap = gap(between);
        let is_joined =
            gap.is_empty() && !between.is_empty() && !between.contains(char::is_whitespace);
        words.push(NameWord { gap: gap.into(), is_joined, ..NameWord::new(&letters) });
        at = word.end;
    }
    words
}

/// The grammar of a name's letters.
pub(super) fn grammar_of(words: &[NameWord]) -> &'static Grammar {
    let first = words.first().and_then(|word| word.letters.first()).copied().unwrap_or(' ');
    grammar(if matches!(first, '\u{590}'..='\u{5FF}') { "he" } else { "ar" })
}
