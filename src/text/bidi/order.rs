//! The Unicode bidirectional algorithm. In: text and the direction of its paragraph. Out: levels, by [`levels`]; the
//! characters from left to right, by [`visual`]; and for the decision, by [`seen`], what of them a reader sees.

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

use super::{Direction, Island, LETTER_MARK};

/// What a character does to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A letter of a script that runs from left to right.
    Ltr,
    /// A letter of one that runs from right to left.
    Rtl,
    /// A digit of whatever kind.
    Digit,
    /// All others.
    Other,
}

/// The class of a character, without the tables of Unicode for most.
#[must_use]
pub fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Ltr,
        '0'..='9' | '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' => Class::Digit,
        '\0'..='\u{A9}' => Class::Other,
        '\u{620}'..='\u{64A}' => Class::Rtl,
        _ => match bidi_class(c) {
            BidiClass::L => Class::Ltr,
            BidiClass::R | BidiClass::AL => Class::Rtl,
            BidiClass::EN => Class::Digit,
            _ => Class::Other,
        },
    }
}

/// The embedding level of each byte, and of the paragraph. Only the first paragraph of the text counts; `None` takes
/// the direction from its first strong character (P2, P3).
#[must_use]
pub fn levels(text: &str, direction: Option<Direction>) -> (Vec<u8>, u8) {
    let info = BidiInfo::new(text, direction.map(level));
    let Some(paragraph) = info.paragraphs.first() else { return (Vec::new(), 0) };
    let levels = info.reordered_levels(paragraph, paragraph.range.clone());
    (levels.iter().map(|it| it.number()).collect(), paragraph.level.number())
}

fn level(direction: Direction) -> Level {
    match direction {
        Direction::Ltr => Level::ltr(),
        Direction::Rtl => Level::rtl(),
    }
}

/// The numbers of the characters of a text (one paragraph on one line) from left to right, without those that rule X9
/// takes out.
#[must_use]
pub fn visual(text: &str, direction: Option<Direction>) -> Vec<usize> {
    let (levels, _) = levels(text, direction);
    let kept = text.char_indices().enumerate().filter(|(_, (_, c))| !is_removed(*c));
    let kept: Vec<_> = kept.map(|(number, (at, _))| (number, levels.get(at).copied())).collect();
    let levels: Vec<_> =
        kept.iter().map(|(_, it)| Level::new(it.unwrap_or(0)).unwrap_or(Level::ltr())).collect();
    BidiInfo::reorder_visual(&levels).into_iter().map(|at| kept[at].0).collect()
}

/// Whether rule X9 takes a character out.
fn is_removed(c: char) -> bool {
    use BidiClass::{BN, LRE, LRO, PDF, RLE, RLO};
    matches!(bidi_class(c), BN | LRE | LRO | PDF | RLE | RLO)
}

/// A text as a reader sees it from left to right when `islands` (in order, none within another) are isolated: for each
/// character its number, and whether it is turned round.
pub(super) fn seen(text: &str, direction: Direction, islands: &[&Island]) -> Vec<(usize, bool)> {
    let mut controlled = String::with_capacity(text.len() + islands.len() * 9);
    // For each character of it the number of the character of the text; none for a control.
    let mut numbers: Vec<Option<usize>> = Vec::with_capacity(text.len());
    let mut islands = islands.iter().peekable();
    let mut open_until: Option<usize> = None;
    let control = |c, controlled: &mut String, numbers: &mut Vec<_>| {
        controlled.push(c);
        numbers.push(None);
    };
    for (number, (at, c)) in text.char_indices().enumerate() {
        if open_until.is_some_and(|end| at >= end) {
            open_until = None;
            control('\u{2069}', &mut controlled, &mut numbers);
        }
        if let Some(island) = islands.next_if(|it| it.range.start <= at) {
            open_until = Some(island.range.end);
            control(opener(island.direction), &mut controlled, &mut numbers);
            if island.letter_mark {
                control(LETTER_MARK, &mut controlled, &mut numbers);
            }
        }
        // One block is one paragraph, whatever its white space.
        controlled.push(if bidi_class(c) == BidiClass::B { ' ' } else { c });
        numbers.push(Some(number));
    }
    let info = BidiInfo::new(&controlled, Some(level(direction)));
    let Some(paragraph) = info.paragraphs.first() else { return Vec::new() };
    let levels = info.reordered_levels_per_char(paragraph, paragraph.range.clone());
    let chars: Vec<char> = controlled.chars().collect();
    let one = |at: usize| {
        let number = (*numbers.get(at)?)?;
        Some((number, is_mirrored(chars[at]) && levels[at].is_rtl()))
    };
    BidiInfo::reorder_visual(&levels).into_iter().filter_map(one).collect()
}

/// Marks above and below letters, and joiners.
pub(super) fn is_mark(c: char) -> bool {
    !c.is_ascii() && (bidi_class(c) == BidiClass::NSM || matches!(c, '\u{200C}' | '\u{200D}'))
}

/// What opens an isolate.
pub(super) fn opener(direction: Direction) -> char {
    match direction {
        Direction::Ltr => '\u{2066}',
        Direction::Rtl => '\u{2067}',
    }
}

/// The mirrored characters that occur in news.
fn is_mirrored(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '«' | '»' | '‹' | '›' | '≤' | '≥')
}
