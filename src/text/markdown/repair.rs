//! What Arabic breaks in CommonMark. In: a body. Out: the body with an invisible joint beside stars that stand between
//! a letter and a mark (`و**«الوطن»**`, which CommonMark does not take for emphasis), and without characters that
//! nobody sees before the mark of a block (`#`, `-`, `>` …).

use std::borrow::Cow;

use super::{JOINT, Source};
use crate::text::bidi::{Class, class, is_control};

/// A change of a body: the bytes that go, and what comes in their place.
struct Edit {
    from: usize,
    to: usize,
    with: &'static str,
}

const JOINT_TEXT: &str = "\u{FFFE}";

pub(super) fn repair(body: &str) -> Source<'_> {
    let mut edits = stars(body);
    if body.bytes().any(|byte| matches!(byte, 0xC2 | 0xD8 | 0xE2 | 0xEF)) {
        edits.extend(block_marks(body));
        edits.sort_by_key(|it| it.from);
    }
    if edits.is_empty() {
        return Source { text: Cow::Borrowed(body), shifts: Vec::new() };
    }
    let mut text = String::with_capacity(body.len() + edits.len() * JOINT.len_utf8());
    let (mut at, mut shifts) = (0, Vec::new());
    for Edit { from, to, with } in edits {
        text.push_str(&body[at..from]);
        // A byte within what came in is the byte that it came before.
        shifts.extend(
            with.bytes()
                .map(|_| ())
                .enumerate()
                .map(|(offset, ())| (text.len() + offset, distance(from, text.len() + offset))),
        );
        text.push_str(with);
        shifts.push((text.len(), distance(to, text.len())));
        at = to;
    }
    text.push_str(&body[at..]);
    Source { text: Cow::Owned(text), shifts }
}

/// From a byte of the repaired text to the byte of the body; both are within a file.
fn distance(body: usize, text: usize) -> isize {
    body.cast_signed() - text.cast_signed()
}

/// Joints beside runs of stars or tildes.
fn stars(body: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let bytes = body.as_bytes();
    let mut at = 0;
    while let Some(offset) = bytes[at..].iter().position(|byte| matches!(byte, b'*' | b'~')) {
        let start = at + offset;
        let mark = bytes[start];
        at = start + bytes[start..].iter().take_while(|&&byte| byte == mark).count();
        let (Some(before), Some(after)) =
            (body[..start].chars().next_back(), body[at..].chars().next())
        else {
            continue;
        };
        let joint = |at| Edit { from: at, to: at, with: JOINT_TEXT };
        if is_letter(before) && opens(after) {
            edits.push(joint(at));
        } else if closes(before) && is_letter(after) {
            edits.push(joint(start));
        }
    }
    edits
}

/// Letters of right-to-left scripts, tatweel and vowel marks among them: only there do particles stand before a quote.
fn is_letter(c: char) -> bool {
    class(c) == Class::Rtl && c.is_alphabetic() || matches!(c, '\u{64B}'..='\u{652}' | '\u{670}')
}

fn opens(c: char) -> bool {
    matches!(c, '«' | '“' | '"' | '(' | '[' | '‹' | '‘' | '\'')
}

fn closes(c: char) -> bool {
    matches!(
        c,
        '»' | '”'
            | '"'
            | ')'
            | ']'
            | '›'
            | '’'
            | '\''
            | '.'
            | ':'
            | '!'
            | '?'
            | '…'
            | '\u{60C}'
            | '\u{61B}'
            | '\u{61F}'
    )
}

/// Characters before or within the mark of a block that keep it from being one.
fn block_marks(body: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        let lead = line.trim_start_matches(|c| is_hidden(c) || matches!(c, ' ' | '\t' | '>'));
        let lead_end = line.len() - lead.len();
        if let Some(mark) = mark_length(lead) {
            hidden(line, 0..lead_end, start, &mut edits);
            let rest = &lead[mark..];
            let gap = rest.len() - rest.trim_start_matches(is_hidden).len();
            let from = lead_end + mark;
            if rest[gap..].starts_with([' ', '\t', '\r', '\n']) {
                hidden(line, from..from + gap, start, &mut edits);
            } else if lead.starts_with('#') && rest[gap..].starts_with('\u{A0}') {
                hidden(line, from..from + gap, start, &mut edits);
                let space = start + from + gap;
                edits.push(Edit { from: space, to: space + '\u{A0}'.len_utf8(), with: " " });
            }
        }
        start += line.len();
    }
    edits
}

/// Takes the characters that nobody sees out of a part of a line.
fn hidden(line: &str, part: std::ops::Range<usize>, start: usize, edits: &mut Vec<Edit>) {
    let first = start + part.start;
    let found = line[part].char_indices().filter(|(_, c)| is_hidden(*c));
    edits.extend(found.map(|(at, c)| Edit {
        from: first + at,
        to: first + at + c.len_utf8(),
        with: "",
    }));
}

fn is_hidden(c: char) -> bool {
    is_control(c) || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// The bytes of the mark that begins a block; of a quote none, for its mark is passed over.
fn mark_length(line: &str) -> Option<usize> {
    let of = |length: usize| Some(length);
    let hashes = line.len() - line.trim_start_matches('#').len();
    match line.as_bytes() {
        [b'#', ..] if hashes <= 6 => of(hashes),
        [b'-' | b'*' | b'+', next, ..] if !next.is_ascii_graphic() => of(1),
        [b'|' | b'`' | b'~', ..] | [b'[', b'^', ..] | [b'-', b'-', ..] => of(0),
        [b'0'..=b'9', ..] => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let ends = digits <= 9 && line[digits..].starts_with(['.', ')']);
            ends.then_some(digits + 1)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, html};

    use super::*;

    fn rendered(body: &str) -> String {
        let mut out = String::new();
        html::push_html(&mut out, Source::of(body).events().map(|(event, _)| event));
        out.trim_end().to_owned()
    }

    #[test]
    fn text_stands_where_it_stood() {
        let body = "\u{200F}# \u{648}**\u{AB}\u{627}\u{BB}**\u{628} a\n\n\u{200F}- **\u{628}:**\u{642}\n\n#\u{A0}\u{627}";
        let source = Source::of(body);
        let mut texts = 0;
        for (event, range) in source.events() {
            if let Event::Text(text) = event {
                assert_eq!(&body[range], &*text);
                texts += 1;
            }
        }
        assert_eq!(texts, 6);
    }

    #[test]
    fn marks_of_blocks_are_found_behind_what_nobody_sees() {
        assert_eq!(rendered("\u{200F}\u{200F}# a"), "<h1>a</h1>");
        assert_eq!(rendered("#\u{A0}a"), "<h1>a</h1>");
        assert_eq!(rendered("#\u{200F} a"), "<h1>a</h1>");
        assert_eq!(
            rendered("\u{200F}> \u{200F}1. a"),
            "<blockquote>\n<ol>\n<li>a</li>\n</ol>\n</blockquote>"
        );
        assert_eq!(rendered("\u{200F}a #"), "<p>\u{200F}a #</p>");
    }

    #[test]
    fn latin_is_left_to_commonmark() {
        assert_eq!(rendered("a**\"foo\"**"), "<p>a**\"foo\"**</p>");
        assert!(matches!(Source::of("a *b* c").text, Cow::Borrowed(_)));
    }
}
