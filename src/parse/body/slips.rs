//! What an editor meant as Markdown and the parser does not take for it. In: a body, and pieces of its text with their
//! places. Out: diagnostics with what to write instead. [`format_characters`], [`list_mark`] and [`stars`] are the
//! entries.

use std::ops::Range;

use crate::{
    diag::{Diagnostic, Place},
    parse::yaml::marks,
};

/// Reports characters that nobody sees before a `#` at the start of a line; they are left out.
pub(super) fn format_characters(
    file: &str,
    body: &str,
    mut place: impl FnMut(usize) -> Place,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !body.contains('#') {
        return found;
    }
    let mut offset = 0;
    for line in body.split_inclusive('\n') {
        let visible =
            line.trim_start_matches(|it: char| it == ' ' || marks::invisible_name(it).is_some());
        let lead = &line[..line.len() - visible.len()];
        let name = lead.chars().find_map(|it| marks::invisible_name(it).map(|name| (it, name)));
        if let (true, Some((character, name))) = (visible.starts_with('#'), name) {
            let at = lead.find(character).unwrap_or_default();
            let message = format!("invisible character ({name}) before `#` is left out");
            let hint = format!("delete it, or write the line anew: `{}`", marks::trim(visible));
            found.push(
                Diagnostic::warning(file, place(offset + at), "format-character", message)
                    .hint(hint),
            );
        }
        offset += line.len();
    }
    found
}

/// What a line begins with that looks like the mark of a list and is none: the mark, and the one to write.
pub(super) fn list_mark(line: &str) -> Option<(&str, String)> {
    let bullets = ['•', '●', '▪', '◦', '‣', '٭'];
    let is_gap = |rest: &str| rest.starts_with([' ', '\t', '\u{A0}']);
    if let Some(rest) = line.strip_prefix(bullets).filter(|rest| is_gap(rest)) {
        return Some((&line[..line.len() - rest.len()], "-".to_owned()));
    }
    let digit = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10),
        '\u{6F0}'..='\u{6F9}' => char::from_digit(u32::from(c) - 0x6F0, 10),
        _ => None,
    };
    let digits: String = line.chars().map_while(digit).collect();
    // Each of these digits takes two bytes.
    let rest = &line[digits.len() * 2..];
    let after = rest.strip_prefix(['.', ')', '-', '–']).filter(|after| is_gap(after))?;
    let fits = (1..=3).contains(&digits.len());
    fits.then(|| (&line[..line.len() - after.len()], format!("{digits}.")))
}

/// The report of such a mark.
pub(super) fn list_fault(file: &str, place: Place, mark: &str, instead: &str) -> Diagnostic {
    let message = format!("«{mark}» does not begin an item of a list");
    let hint = if instead == "-" {
        "write `- …`".to_owned()
    } else {
        format!("write `{instead} …`; the page shows the number in the site's digits")
    };
    Diagnostic::warning(file, place, "list-mark", message).hint(hint)
}

/// Where in a piece of text of a body stars begin that were meant as emphasis: two of them beside something that is no
/// space. The parser gives each star as a piece of its own.
pub(super) fn stars(body: &str, piece: Range<usize>) -> Option<usize> {
    let is_meant = |at: &usize| {
        let (before, rest) = body.split_at(*at);
        let Some(after) = rest.strip_prefix("**") else { return false };
        let is_free = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_alone = is_free(before.chars().next_back()) && is_free(after.chars().next());
        let is_longer = before.ends_with('*') || after.starts_with('*');
        !is_alone && !is_longer && !before.ends_with('\\')
    };
    let text = body.get(piece.clone())?;
    text.match_indices('*').map(|(at, _)| piece.start + at).find(is_meant)
}

/// The report of such stars.
pub(super) fn stars_fault(file: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        file,
        place,
        "stars",
        "`**` would be shown as stars: it opens or closes no emphasis",
    )
    .hint("write both pairs, without a space inside: `**word**`; for stars write `\\*\\*`")
}
