//! How else a name may be written. In: its words. Out: the forms of its first word ([`forms`]), and names that follow from
//! it ([`derived`]).

use std::iter;

use rustc_hash::FxHashSet;

use super::index::{NameWord, grammar_of};
use crate::text::particles::Grammar;

/// A word without the article, if it has one.
fn without_article<'w>(word: &'w [char], grammar: &Grammar) -> Option<&'w [char]> {
    let article: Vec<char> = grammar.language.article.chars().collect();
    let rest = word.strip_prefix(article.as_slice())?;
    (!article.is_empty() && rest.len() > 1).then_some(rest)
}

/// Words that the names of an entity spell with the article in one place and without it in another.
pub(super) fn both_ways(names: &[Vec<NameWord>]) -> FxHashSet<Box<[char]>> {
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
pub(super) fn forms(
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
/// «أبوظبي» for «أبو ظبي», and the reverse; «أبي الغيط» for «أبو الغيط», and of who is no
/// person «الحوثيين» for «الحوثيون».
pub(super) fn derived(
    words: &[NameWord],
    spelled: &FxHashSet<Box<[char]>>,
    (grammar, is_person): (&Grammar, bool),
) -> Vec<Vec<NameWord>> {
    let article: Vec<char> = grammar.language.article.chars().collect();
    let mut all = Vec::new();
    let with = |at: usize, n: usize, new: &[&[char]]| -> Vec<NameWord> {
        let before = words[..at].iter().map(NameWord::again);
        // Before the first of them stands what stood there.
        let gaps = [words[at].gap.clone()].into_iter().chain(iter::repeat_with(Box::default));
        let new = new.iter().zip(gaps).map(|(word, gap)| NameWord { gap, ..NameWord::new(word) });
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
        if at + 1 < words.len() {
            all.extend(other_cases(letters).iter().map(|other| with(at, 1, &[other])));
        }
        if !is_person && let Some(other) = elsewhere(letters, grammar) {
            all.push(with(at, 1, &[&other]));
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

/// The name of many as it ends where they do not act («الحوثيين»), if a word is one: it has the article.
fn elsewhere(word: &[char], grammar: &Grammar) -> Option<Vec<char>> {
    let (ending, other) = grammar.language.plural;
    let ending: Vec<char> = ending.chars().collect();
    let stem = word.strip_suffix(ending.as_slice()).filter(|_| !ending.is_empty())?;
    let is_plural = without_article(stem, grammar).is_some_and(|bare| bare.len() > 2);
    is_plural.then(|| stem.iter().copied().chain(other.chars()).collect())
}

/// The other two cases of «أبو», with its hamza or without it as the name is written; none of another word.
fn other_cases(word: &[char]) -> Vec<[char; 3]> {
    const CASES: [char; 3] = ['\u{648}', '\u{627}', '\u{64A}'];
    match *word {
        [alef @ ('\u{623}' | '\u{627}'), '\u{628}', ending] if CASES.contains(&ending) => {
            let others = CASES.iter().filter(|case| **case != ending);
            others.map(|case| [alef, '\u{628}', *case]).collect()
        }
        _ => Vec::new(),
    }
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
