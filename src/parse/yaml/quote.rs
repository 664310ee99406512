//! Which one-line values YAML would not read as the editor meant them: [`judge`]; how to write them:
//! [`quoted`]; and which quotes and brackets go on over the line: [`Flow`].

/// How YAML would read a value that is meant as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judgement {
    /// As it is meant.
    Fine,
    /// As a number or as true: quoting keeps it as written, and nothing need be said.
    Typed,
    /// Wrongly or not at all.
    Risky,
    /// `|` or `>`: the text is on the lines below.
    Literal,
    /// In quotes that are not closed on this line.
    OpenQuote,
}

/// Judges the value after `key:` or `-`, without white space around it.
pub(super) fn judge(value: &str) -> Judgement {
    let mut characters = value.chars();
    let Some(first) = characters.next() else { return Judgement::Fine };
    let second = characters.next();
    match first {
        '"' | '\'' => match closing_quote(value) {
            None => Judgement::OpenQuote,
            Some(end) if is_comment(value[end..].trim_start()) => Judgement::Fine,
            Some(_) => Judgement::Risky,
        },
        '|' | '>' if is_literal_header(&value[1..]) => Judgement::Literal,
        '#' if second.is_none_or(char::is_whitespace) => Judgement::Fine,
        '!' if second == Some('!') => Judgement::Fine,
        '-' | '?' | ':' if second.is_none_or(char::is_whitespace) => Judgement::Risky,
        ',' | '[' | ']' | '{' | '}' | '#' | '&' | '*' | '!' | '|' | '>' | '%' | '@' | '`' => {
            Judgement::Risky
        }
        _ if breaks_off(without_comment(value)) => Judgement::Risky,
        _ if is_typed(without_comment(value)) => Judgement::Typed,
        _ => Judgement::Fine,
    }
}

/// The value in the quotes that change it least.
pub(super) fn quoted(value: &str) -> String {
    if !value.contains(['"', '\\']) {
        format!("\"{value}\"")
    } else if !value.contains('\'') {
        format!("'{value}'")
    } else {
        format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// The value without a comment at its end. `#` with a space after it is a comment, `#عاجل` is a hashtag.
pub(super) fn without_comment(value: &str) -> &str {
    let bytes = value.as_bytes();
    value
        .match_indices('#')
        .find(|&(at, _)| {
            (at == 0 || is_blank(bytes[at - 1]))
                && bytes.get(at + 1).is_none_or(|&next| is_blank(next))
        })
        .map_or(value, |(at, _)| value[..at].trim_end())
}

/// The byte after the quote that closes the one `value` begins with.
fn closing_quote(value: &str) -> Option<usize> {
    let bytes = value.as_bytes();
    let quote = *bytes.first()?;
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 1,
            byte if byte == quote => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

fn is_comment(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('#')
}

/// What may follow `|` and `>`: how to indent and to end, and a comment.
fn is_literal_header(rest: &str) -> bool {
    is_comment(
        rest.trim_start_matches(|it: char| it.is_ascii_digit() || it == '+' || it == '-')
            .trim_start(),
    )
}

/// Whether a plain value holds `: `, which YAML takes for a key, or ` #`, where it stops reading.
fn breaks_off(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.last() == Some(&b':')
        || bytes.windows(2).any(|pair| {
            (pair[0] == b':' && is_blank(pair[1])) || (is_blank(pair[0]) && pair[1] == b'#')
        })
}

/// Whether YAML makes something else than text of a plain value.
fn is_typed(value: &str) -> bool {
    let first = value.as_bytes().first().copied().unwrap_or_default();
    let numeric = first.is_ascii_digit() || b"+-.".contains(&first);
    (numeric && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-._:".contains(&byte)))
        || ["true", "false", "yes", "no", "on", "off"]
            .iter()
            .any(|word| value.eq_ignore_ascii_case(word))
}

fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// Whether a line below the first of a plain text holds what YAML takes for syntax.
pub(super) fn is_risky_below(lines: &str) -> bool {
    let bytes = lines.as_bytes();
    bytes.windows(2).enumerate().any(|(at, pair)| {
        (pair[0] == b':' && pair[1].is_ascii_whitespace())
            || (pair[0].is_ascii_whitespace()
                && pair[1] == b'#'
                && bytes.get(at + 2).is_some_and(|next| !next.is_ascii_whitespace()))
    })
}

/// Brackets and quotes that are open at the end of a line.
#[derive(Debug, Default)]
pub(super) struct Flow {
    depth: usize,
    quote: Option<char>,
}

impl Flow {
    pub(super) fn is_open(&self) -> bool {
        self.depth > 0 || self.quote.is_some()
    }

    /// Takes in a line of text that begins within the brackets or with them; calls `comma` for each Arabic comma
    /// between brackets and outside quotes.
    pub(super) fn feed(&mut self, text: &str, mut comma: impl FnMut(usize)) {
        let mut escaped = false;
        let mut previous = ' ';
        for (at, character) in text.char_indices() {
            match (self.quote, character) {
                _ if escaped => escaped = false,
                (Some('"'), '\\') => escaped = true,
                (Some(quote), _) if character == quote => self.quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') if " [{,،:".contains(previous) => self.quote = Some(character),
                (None, '[' | '{') => self.depth += 1,
                (None, ']' | '}') => self.depth = self.depth.saturating_sub(1),
                (None, '،') if self.depth > 0 => comma(at),
                (None, '#') if previous == ' ' => return,
                _ => {}
            }
            previous = character;
        }
    }
}
