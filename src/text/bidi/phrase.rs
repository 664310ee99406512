//! Words of the other direction within a text. In: characters and a place among them. Out: the phrase that begins
//! there, as one candidate for isolation or, of a list, as one for each item. [`read`] is the entry.

use super::{Class, Direction, Island, Manner, find::Chars, numbers, order::is_mark};

/// What ends in a full stop of its own.
const ABBREVIATIONS: &[&str] = &[
    "Inc", "Ltd", "Co", "Corp", "Jr", "Sr", "Bros", "St", "Dr", "Mr", "Mrs", "Ms", "Prof", "No",
    "vs", "etc", "Gen", "Lt", "Col", "Sen", "Rep", "Gov", "Capt", "Sgt", "Mt", "Ft", "Vol", "ed",
    "al", "pp",
];

/// What belongs to the name before its comma, most of all a company's legal form.
const FORMS: &[&str] =
    &["Inc", "Ltd", "LLC", "Co", "Corp", "Jr", "Sr", "LLP", "PLC", "SA", "AG", "GmbH"];

/// From so many words on, a full stop, question or exclamation mark is the phrase's own.
const SENTENCE: usize = 4;

/// The most words of an item of a list.
const ITEM: usize = 4;

/// What stands between two words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// The phrase goes on.
    Joins,
    /// The phrase goes on after a comma.
    Comma,
    /// The phrase goes on after a dash, if it is a sentence.
    Dash,
}

struct Reader<'a> {
    chars: &'a Chars<'a>,
    /// The class of the phrase's letters.
    kind: Class,
    direction: Direction,
    /// Start and end of each word, and what stands before it.
    words: Vec<(usize, usize, Gap)>,
}

/// Reads the phrase that begins at a place into `found`; the place behind it.
pub(super) fn read(
    chars: &Chars<'_>,
    at: usize,
    manner: Manner,
    found: &mut Vec<Island>,
) -> Option<usize> {
    let direction = manner.direction.opposite();
    let kind = if direction == Direction::Ltr { Class::Ltr } else { Class::Rtl };
    let mut reader = Reader { chars, kind, direction, words: Vec::new() };
    let first = reader.word(at)?;
    reader.words.push((at, first, Gap::Joins));
    while let Some((start, gap)) = reader.next(manner) {
        let Some(end) = reader.word(start).or_else(|| reader.figure(start, manner)) else { break };
        reader.words.push((start, end, gap));
    }
    reader.without_unclosed();
    let end = reader.closed_end();
    if let Some(end) = reader.quoted(at, end) {
        found.push(chars.island(at, end, direction));
        return Some(end);
    }
    let end = reader.with_final_mark(end);
    found.extend(reader.pieces(end));
    Some(end)
}

impl Reader<'_> {
    fn end(&self) -> usize {
        self.words.last().map_or(0, |(_, end, _)| *end)
    }

    /// The end of the word at a place: letters, digits and the marks within; `None` if none of its letters is of the
    /// kind, or one is of the other.
    fn word(&self, at: usize) -> Option<usize> {
        let chars = self.chars;
        let is_inner = |c: char| {
            matches!(
                c,
                '.' | ','
                    | '\''
                    | '’'
                    | '-'
                    | '‑'
                    | '–'
                    | '_'
                    | '/'
                    | '&'
                    | '+'
                    | ':'
                    | '@'
                    | '#'
                    | '$'
                    | '*'
            )
        };
        let is_part = |at: usize| {
            chars.class(at) == self.kind || chars.class(at) == Class::Digit || is_mark(chars.at(at))
        };
        let (mut end, mut has_letter) = (at, false);
        while end < chars.len() {
            if is_part(end) {
                has_letter |= chars.class(end) == self.kind;
                end += 1;
            } else if end > at
                && is_inner(chars.at(end))
                && is_part(end + 1)
                && !self.is_separator(end)
            {
                end += 1;
            } else {
                break;
            }
        }
        if has_letter && self.kind == Class::Ltr {
            end = chars.skip(end, |c| matches!(c, '+' | '#'));
        }
        has_letter.then_some(end)
    }

    /// In text from right to left, a comma between letters divides words even without a space.
    fn is_separator(&self, at: usize) -> bool {
        self.chars.at(at) == ',' && !(self.chars.class(at + 1) == Class::Digit)
    }

    /// A number that goes on with a phrase from left to right: `iPhone 15`.
    fn figure(&self, at: usize, manner: Manner) -> Option<usize> {
        let is_digit = |at: usize| self.chars.class(at) == Class::Digit;
        let (end, islands) = numbers::read(self.chars, at, manner)?;
        let is_plain = islands.is_empty()
            && (at..end).all(|at| is_digit(at) || ".,".contains(self.chars.at(at)));
        let goes_on = self.kind == Class::Ltr || self.follows(end);
        (is_plain && goes_on).then_some(end)
    }

    /// Whether another word of the kind follows behind one space.
    fn follows(&self, at: usize) -> bool {
        self.chars.at(at) == ' ' && self.word(at + 1).is_some()
    }

    /// Where the next word of the phrase would begin.
    fn next(&self, manner: Manner) -> Option<(usize, Gap)> {
        let chars = self.chars;
        let end = self.closed_end();
        let is_word = |at: usize| self.word(at).is_some();
        let is_space = |at: usize| matches!(chars.at(at), ' ' | '\u{A0}' | '\n');
        let abbreviated = end + usize::from(chars.at(end) == '.' && self.is_abbreviation());
        match chars.at(end) {
            _ if is_space(abbreviated)
                && (is_word(abbreviated + 1) || self.figure(abbreviated + 1, manner).is_some()) =>
            {
                Some((abbreviated + 1, Gap::Joins))
            }
            ',' if is_space(end + 1) && is_word(end + 2) => Some((end + 2, Gap::Comma)),
            ':' | ';' | '.' | '!' | '?' | '…'
                if self.kind == Class::Ltr && is_space(end + 1) && is_word(end + 2) =>
            {
                Some((end + 2, Gap::Joins))
            }
            ' ' if matches!(chars.at(end + 1), '&' | '+' | '×')
                && is_space(end + 2)
                && is_word(end + 3) =>
            {
                Some((end + 3, Gap::Joins))
            }
            ' ' if is_opener(chars.at(end + 1)) && is_word(end + 2) && self.kind == Class::Ltr => {
                Some((end + 2, Gap::Joins))
            }
            ' ' if is_dash(chars.at(end + 1)) && is_space(end + 2) && is_word(end + 3) => {
                Some((end + 3, Gap::Dash))
            }
            _ => None,
        }
    }

    /// Where the last word ends with the marks that close what was opened within the phrase.
    fn closed_end(&self) -> usize {
        let mut end = self.end();
        while self.opened(end) {
            end += 1;
        }
        end
    }

    /// Whether the mark at a place closes one that was opened within the phrase.
    fn opened(&self, at: usize) -> bool {
        let closer = self.chars.at(at);
        let Some(opener) = opener_of(closer) else { return false };
        let from = self.words.first().map_or(at, |(start, ..)| *start);
        let marks = (from..at).map(|at| self.chars.at(at)).filter(|c| *c == opener || *c == closer);
        let n_open = marks
            .fold(0, |n, c| if c == opener && (c != closer || n == 0) { n + 1 } else { n - 1 });
        n_open > 0
    }

    /// The phrase without what stands behind a mark that nothing closes.
    fn without_unclosed(&mut self) {
        let first = self.words.first().map_or(0, |(start, ..)| *start);
        let mut open: Vec<(usize, char)> = Vec::new();
        for at in first..self.closed_end() {
            let c = self.chars.at(at);
            match open.iter().rposition(|(_, opener)| opener_of(c) == Some(*opener)) {
                Some(partner) => open.truncate(partner),
                None if is_opener(c) && self.chars.before(at) == ' ' => open.push((at, c)),
                None => {}
            }
        }
        if let Some(&(from, _)) = open.first() {
            self.words.retain(|(start, ..)| *start < from);
        }
    }

    /// Whether the last word is one that ends in a full stop: a known one, or single letters with stops.
    fn is_abbreviation(&self) -> bool {
        let Some(&(start, end, _)) = self.words.last() else { return false };
        let word = self.chars.slice(start, end);
        self.kind == Class::Ltr && (is_initials(word) || ABBREVIATIONS.contains(&word))
    }

    /// The end of a phrase that fills a pair of quotation marks, with its own marks.
    fn quoted(&self, at: usize, end: usize) -> Option<usize> {
        let closer = match self.chars.before(at) {
            '"' => '"',
            '“' => '”',
            '«' => '»',
            '‘' => '’',
            '\'' => '\'',
            _ => return None,
        };
        let marks = self.chars.skip(end, |c| matches!(c, '.' | ',' | '!' | '?' | '…'));
        (self.chars.at(marks) == closer).then_some(marks)
    }

    /// The end of a phrase with the mark that is its own: of an abbreviation, a name (`Yahoo!`) or a whole sentence.
    fn with_final_mark(&self, end: usize) -> usize {
        let chars = self.chars;
        let closes = usize::from(chars.at(end) == ')' && self.opened(end));
        let end = end + closes;
        let is_sentence = self.words.len() >= SENTENCE
            && self.words.iter().any(|(start, ..)| chars.at(*start).is_lowercase());
        let is_own = match chars.at(end) {
            '.' => self.is_abbreviation() || is_sentence,
            '!' => is_sentence || chars.at(end + 1) == ' ' && chars.class(end + 2) == Class::Rtl,
            '?' => is_sentence,
            _ => false,
        };
        end + usize::from(is_own && self.kind == Class::Ltr)
    }

    /// The phrase up to `end`, or its items if it is a list.
    fn pieces(&self, end: usize) -> Vec<Island> {
        let is_sentence = self.is_sentence();
        let mut pieces: Vec<Vec<(usize, usize)>> = Vec::new();
        for &(start, end, gap) in &self.words {
            let word = self.chars.slice(start, end);
            // `Apple, Inc.`, `Washington, D.C.`
            let is_form = FORMS.contains(&word) || is_initials(word);
            match pieces.last_mut() {
                Some(piece) if gap == Gap::Joins || is_form || gap == Gap::Dash && is_sentence => {
                    piece.push((start, end))
                }
                _ => pieces.push(vec![(start, end)]),
            }
        }
        let first = self.words.first().map_or(0, |(start, ..)| *start);
        let is_divided = self.words.iter().any(|(.., gap)| *gap == Gap::Dash) && !is_sentence;
        if pieces.len() < 2 || !is_divided && !self.is_list(&pieces) {
            return vec![self.chars.island(first, end, self.direction)];
        }
        let last = pieces.len() - 1;
        let piece = |(number, words): (usize, &Vec<(usize, usize)>)| {
            let (start, word_end) = (words[0].0, words[words.len() - 1].1);
            self.chars.island(start, if number == last { end } else { word_end }, self.direction)
        };
        pieces.iter().enumerate().map(piece).collect()
    }

    /// Whether the phrase is long, and not only names.
    fn is_sentence(&self) -> bool {
        let is_small = |(start, ..): &&(usize, usize, Gap)| self.chars.at(*start).is_lowercase();
        self.words.len() >= SENTENCE && self.words.iter().filter(is_small).count() > 1
    }

    /// Whether parts between commas are items: short, and names all, or single words all.
    fn is_list(&self, pieces: &[Vec<(usize, usize)>]) -> bool {
        let is_name = |piece: &Vec<(usize, usize)>| !self.chars.at(piece[0].0).is_lowercase();
        let is_word = |piece: &Vec<(usize, usize)>| piece.len() == 1 && !is_name(piece);
        pieces.iter().all(|it| it.len() <= ITEM && is_name(it)) || pieces.iter().all(is_word)
    }
}

/// Single letters with stops between: `U.S`.
fn is_initials(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|it| it.chars().count() <= 2)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—')
}

/// Marks that open something within a phrase.
fn is_opener(c: char) -> bool {
    matches!(c, '(' | '[' | '<' | '"' | '“' | '‘')
}

fn opener_of(c: char) -> Option<char> {
    Some(match c {
        ')' => '(',
        ']' => '[',
        '>' => '<',
        '"' => '"',
        '”' => '“',
        '’' => '‘',
        _ => return None,
    })
}
