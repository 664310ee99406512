//! The spellings of names, by the keys of their first words. In: the names of entities. Out: for a word, the names that
//! may begin with it ([`Index::first`], [`Index::second`]).
//!
//! What the particles of a language do to the inside of a word is a [`Form`] of its own, made here once: ل before ال is
//! لل, and some names are used with the article and without it. What only stands before a word is taken off by `scan`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::family::family;
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
    forms: Vec<Form>,
    first: FxHashMap<u64, First>,
    second: FxHashMap<u64, Vec<u32>>,
    filter: Vec<u64>,
}

/// The forms that begin with a word.
#[derive(Debug, Default)]
struct First {
    /// Those of names of one word.
    alone: Vec<u32>,
    /// Whether there are longer names.
    goes_on: bool,
}

/// A spelling of a name.
#[derive(Debug)]
pub(super) struct Name {
    /// Its words.
    pub(super) words: Vec<NameWord>,
    /// Letters of all its words.
    pub(super) n_letters: usize,
    /// The entities that bear it, each with how.
    bearers: Vec<(Rank, u32)>,
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
    /// Which name.
    pub(super) name: u32,
    /// The word.
    pub(super) letters: Box<[char]>,
    /// It as text.
    pub(super) text: Box<str>,
    /// Letters of it before the name.
    pub(super) lead: usize,
    /// The slot of the particle that is in it.
    pub(super) slot: Option<usize>,
}

impl Name {
    /// Its word, if it is one of one.
    pub(super) fn word(&self) -> Option<&[char]> {
        if let [word] = &*self.words { Some(&word.letters) } else { None }
    }

    /// The entities that bear it, and how: of registered names, only those that registered it.
    pub(super) fn bearers(&self) -> (Rank, impl Iterator<Item = u32> + '_) {
        let rank = self.bearers.iter().map(|(rank, _)| *rank).min().unwrap_or(Rank::Family);
        (rank, self.bearers.iter().filter(move |it| it.0 == rank).map(|it| it.1))
    }
}

impl Index {
    /// Adds the names of one entity.
    pub(super) fn add(&mut self, names: &[&str], position: u32, is_person: bool) {
        let split: Vec<Vec<NameWord>> = names.iter().map(|name| words_of(name)).collect();
        let spelled = both_ways(&split);
        for words in split.iter().filter(|words| !words.is_empty()) {
            let grammar = grammar_of(words);
            self.put(words, (Rank::Registered, position), &spelled);
            for derived in derived(words, &spelled, grammar) {
                self.put(&derived, (Rank::Derived, position), &spelled);
            }
            let plain: Vec<&[char]> = words.iter().map(|word| &*word.letters).collect();
            if is_person && let Some(range) = family(&plain, grammar) {
                let family = &words[range];
                self.put(family, (Rank::Family, position), &spelled);
                for derived in derived(family, &spelled, grammar) {
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
            let bearers = self.names.get_mut(known as usize).map(|name| &mut name.bearers);
            let is_new = |all: &&mut Vec<(Rank, u32)>| !all.contains(&bearer);
            bearers.filter(is_new).into_iter().for_each(|all| all.push(bearer));
            return;
        }
        let Some(first) = words.first() else { return };
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let grammar = grammar_of(words);
        for (letters, lead, slot) in forms(&first.letters, grammar, spelled) {
            let text = letters.iter().collect::<String>().into();
            self.put_form(words, Form { name: number, letters, text, lead, slot });
        }
        self.by_letters.insert(key, number);
        self.names.push(Name {
            n_letters: words.iter().map(|word| word.letters.len()).sum(),
            words: words.iter().map(NameWord::again).collect(),
            bearers: vec![bearer],
        });
    }

    fn put_form(&mut self, words: &[NameWord], form: Form) {
        let number = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        let key = key_of(&form.letters);
        let first = self.first.entry(key).or_default();
        match words.get(1) {
            None => first.alone.push(number),
            Some(second) => {
                first.goes_on = true;
                let pair = pair(key, key_of(&second.letters));
                self.second.entry(pair).or_default().push(number);
            }
        }
        self.filter.resize(1 << (FILTER_BITS - 6), 0);
        let bit = bit(key);
        self.filter[bit >> 6] |= 1 << (bit & 63);
        self.forms.push(form);
    }

    /// Says that all names are there.
    pub(super) fn close(&mut self) {
        self.by_letters = FxHashMap::default();
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

    /// The names of one word that have this key, and whether longer ones begin with it.
    pub(super) fn first(&self, key: u64) -> Option<(impl Iterator<Item = (&Form, &Name)>, bool)> {
        let first = self.first.get(&key)?;
        Some((self.named(&first.alone), first.goes_on))
    }

    /// The longer names that begin with words of these keys.
    pub(super) fn second(&self, first: u64, second: u64) -> impl Iterator<Item = (&Form, &Name)> {
        let forms = self.second.get(&pair(first, second)).map_or(&[][..], Vec::as_slice);
        self.named(forms)
    }

    fn named<'a>(&'a self, forms: &'a [u32]) -> impl Iterator<Item = (&'a Form, &'a Name)> {
        forms.iter().filter_map(|number| {
            let form = self.forms.get(*number as usize)?;
            Some((form, self.names.get(form.name as usize)?))
        })
    }
}

impl NameWord {
    fn new(letters: &[char]) -> Self {
        Self {
            letters: letters.into(),
            text: letters.iter().collect::<String>().into(),
            key: key_of(letters),
            gap: "".into(),
        }
    }

    fn again(&self) -> Self {
        Self { gap: self.gap.clone(), ..Self::new(&self.letters) }
    }
}

fn bit(key: u64) -> usize {
    (key.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> (64 - FILTER_BITS)) as usize
}

fn pair(first: u64, second: u64) -> u64 {
    first.rotate_left(23).wrapping_mul(0xA24B_AED4_963E_E407) ^ second
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
        words.push(NameWord { gap: gap(between).into(), ..NameWord::new(&letters) });
        at = word.end;
    }
    words
}

/// The grammar of a name's letters.
fn grammar_of(words: &[NameWord]) -> &'static Grammar {
    let first = words.first().and_then(|word| word.letters.first()).copied().unwrap_or(' ');
    grammar(if matches!(first, '\u{590}'..='\u{5FF}') { "he" } else { "ar" })
}

/// A word without the article, if it has one.
fn without_article<'w>(word: &'w [char], grammar: &Grammar) -> Option<&'w [char]> {
    let article: Vec<char> = grammar.language.article.chars().collect();
    let rest = word.strip_prefix(article.as_slice())?;
    (!article.is_empty() && rest.len() > 1).then_some(rest)
}

/// Words that the names of an entity spell with the article in one place and without it in another.
fn both_ways(names: &[Vec<NameWord>]) -> FxHashSet<Box<[char]>> {
    let words = || names.iter().flatten().map(|word| &word.letters);
    let all: FxHashSet<&Box<[char]>> = words().collect();
    let bare = names.iter().flat_map(|words| {
        let grammar = grammar_of(words);
        words.iter().filter_map(|word| without_article(&word.letters, grammar))
    });
    bare.filter(|word| all.iter().any(|it| ***it == **word)).map(Box::from).collect()
}

/// How the first word of a name may be written: the letters, how many of them are before the name, and the slot of the
/// particle that is in it.
fn forms(
    word: &[char],
    grammar: &Grammar,
    spelled: &FxHashSet<Box<[char]>>,
) -> Vec<(Box<[char]>, usize, Option<usize>)> {
    let article: Vec<char> = grammar.language.article.chars().collect();
    let mut all = vec![(word.into(), 0, None)];
    let is_both = |word: &[char]| grammar.is_both_ways(word) || spelled.contains(word);
    let is_foreign = word.first().is_some_and(|c| *c < '\u{590}');
    // What is behind the article, and how many letters of that are none of the name.
    let behind: &[char] = match without_article(word, grammar) {
        Some(rest) => {
            if is_both(rest) {
                all.push((rest.into(), 0, None));
            }
            rest
        }
        None if is_both(word) || is_foreign => {
            let lead = if is_foreign { article.len() } else { 0 };
            all.push((article.iter().chain(word).copied().collect(), lead, None));
            word
        }
        None => return all,
    };
    // Where the article vanishes, too little is left of a short name.
    let vanishes = |joined: &str, particle: &str| joined == particle && behind.len() < 4;
    for (particle, joined) in grammar.language.contractions {
        if !vanishes(joined, particle) {
            let slot = grammar.language.before.iter().position(|it| it.contains(particle));
            let lead = particle.chars().count() + if is_foreign { 1 } else { 0 };
            all.push((contracted(joined, behind), lead, slot));
        }
    }
    all
}

/// A particle with the article and the word behind; of three letters alike in a row, two are written.
fn contracted(joined: &str, behind: &[char]) -> Box<[char]> {
    let mut word: Vec<char> = joined.chars().collect();
    if word.len() > 1 && word.last() == behind.first() && word.first() == behind.first() {
        word.pop();
    }
    word.extend(behind);
    word.into()
}

/// Spellings that follow from a name: with the article where its bearer is called so elsewhere, «عبد الله» for «عبدالله»,
/// «أبوظبي» for «أبو ظبي», and the reverse.
fn derived(
    words: &[NameWord],
    spelled: &FxHashSet<Box<[char]>>,
    grammar: &Grammar,
) -> Vec<Vec<NameWord>> {
    let article: Vec<char> = grammar.language.article.chars().collect();
    let mut all = Vec::new();
    let with = |at: usize, n: usize, new: &[&[char]]| -> Vec<NameWord> {
        let before = words[..at].iter().map(NameWord::again);
        let new = new.iter().map(|word| NameWord::new(word));
        before.chain(new).chain(words[at + n..].iter().map(NameWord::again)).collect()
    };
    for (at, word) in words.iter().enumerate() {
        let letters = &*word.letters;
        if at > 0 {
            match without_article(letters, grammar) {
                Some(bare) if spelled.contains(bare) => all.push(with(at, 1, &[bare])),
                None if spelled.contains(letters) => {
                    let whole: Vec<char> = article.iter().chain(letters).copied().collect();
                    all.push(with(at, 1, &[&whole]));
                }
                _ => {}
            }
        }
        let next = words.get(at + 1).filter(|next| next.gap.is_empty()).map(|next| &*next.letters);
        if let Some(next) = next.filter(|next| joins(letters, next)) {
            let whole: Vec<char> = letters.iter().chain(next).copied().collect();
            all.push(with(at, 2, &[&whole]));
        }
        if let Some((head, tail)) = parts(letters) {
            all.push(with(at, 1, &[head, tail]));
        }
    }
    all
}

/// «عبد» before the article, and the three cases of «أبو».
const HEADS: [(&[char], &[char]); 4] = [
    (&['\u{639}', '\u{628}', '\u{62F}'], &['\u{627}', '\u{644}']),
    (&['\u{623}', '\u{628}', '\u{648}'], &[]),
    (&['\u{623}', '\u{628}', '\u{627}'], &[]),
    (&['\u{623}', '\u{628}', '\u{64A}'], &[]),
];

/// The name of God, with which given names end.
const GOD: [char; 4] = ['\u{627}', '\u{644}', '\u{644}', '\u{647}'];

/// Whether two words of a name are written as one by some.
fn joins(head: &[char], tail: &[char]) -> bool {
    tail == GOD || HEADS.iter().any(|(it, start)| *it == head && tail.starts_with(start))
}

/// The two words as which some write one.
fn parts(word: &[char]) -> Option<(&[char], &[char])> {
    let before_god = word.strip_suffix(&GOD).filter(|head| head.len() > 2).map(<[char]>::len);
    let head = HEADS.iter().find_map(|(head, start)| {
        let tail = word.strip_prefix(*head)?;
        (tail.len() > 2 && tail.starts_with(start)).then_some(head.len())
    });
    head.or(before_god).map(|at| word.split_at(at))
}
