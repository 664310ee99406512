//! Which words of a person's name are the family name. In: the words of a name, and which are joined. Out: a range of
//! them. [`family`] is the entry.

use std::ops::Range;

use crate::text::particles::Grammar;

/// The words of a full name that stand for the person once that has been named in full: the last, with what belongs to
/// it («بن لادن», «نصر الله») and what is joined to it («خامنه‌ای»); in names that begin with the family name, the first. `None` if these are the whole name, or
/// a given name that too many bear.
pub(super) fn family(
    words: &[&[char]],
    is_joined: impl Fn(usize) -> bool,
    grammar: &Grammar,
) -> Option<Range<usize>> {
    let last = words.len().checked_sub(1).filter(|last| *last > 0)?;
    if words.len() > 1 && grammar.is_family_first(words[0]) {
        return (words[0].len() > 2).then_some(0..1);
    }
    let mut from = last;
    while from > 0 && is_joined(from) {
        from -= 1;
    }
    if from == last && grammar.is_completion(words[last]) {
        from -= 1;
    }
    while from > 0 && grammar.is_connector(words[from - 1]) {
        from -= 1;
    }
    let is_one = from == last;
    // «بن عبدالعزيز» is the son of many, too.
    let stands_alone = !grammar.is_frequent(words[last])
        && (!is_one || (words[last].len() > 2 && !grammar.is_common(words[last])));
    (from > 0 && stands_alone).then_some(from..words.len())
}

/// Whether what a person is also called is no name but a title («ولي العهد», «خادم الحرمين الشريفين»): its last word has the
/// article, and no word of it is of the name.
pub(super) fn is_title(words: &[&[char]], name: &[&[char]], grammar: &Grammar) -> bool {
    let article = grammar.language.article;
    let last = words.last().copied().unwrap_or_default();
    let has_article = !article.is_empty() && article.chars().zip(last).all(|(a, b)| a == *b);
    has_article && words.iter().all(|word| !name.contains(word))
}
