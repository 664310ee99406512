//! What raw HTML may do where the site says `html: safe`.
//!
//! In: HTML that an editor wrote. Out: [`clean`], the HTML without all that could run or disguise; [`dropped`], what
//! of it is lost, so that nothing disappears silently; [`is_safe_url`], the rule for every link.
//! One table of elements and attributes serves all three.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};

/// Elements that stay. Their text stays in any case, except for [`HOLLOWED`].
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "menu",
    "nav",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Elements that go with all they hold: it is code, not text.
const HOLLOWED: &[&str] = &["script", "style"];

/// Attributes that any element may bear.
const ATTRIBUTES: &[&str] =
    &["aria-label", "class", "dir", "id", "lang", "role", "tabindex", "title", "translate"];

/// Attributes of single elements.
const ELEMENT_ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang", "rel"]),
    ("audio", &["controls", "loop", "muted", "preload", "src"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("img", &["alt", "decoding", "height", "loading", "src", "width"]),
    // The boxes of task lists; without a form they send nothing.
    ("input", &["checked", "disabled", "type"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value"]),
    ("ol", &["reversed", "start", "type"]),
    ("q", &["cite"]),
    ("source", &["media", "src", "type"]),
    ("table", &["summary"]),
    ("td", &["colspan", "headers", "rowspan"]),
    ("th", &["abbr", "colspan", "headers", "rowspan", "scope"]),
    ("time", &["datetime"]),
    ("track", &["default", "kind", "label", "src", "srclang"]),
    ("video", &["controls", "height", "loop", "muted", "poster", "preload", "src", "width"]),
];

/// Attributes whose value is a URL.
const URL_ATTRIBUTES: &[&str] = &["cite", "href", "poster", "src"];

/// Schemes that a link may have; a URL without a scheme is relative and may stay.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// The schemes of embedded files.
const EMBED_SCHEMES: &[&str] = &["http", "https"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    let attributes: HashMap<_, HashSet<_>> = ELEMENT_ATTRIBUTES
        .iter()
        .map(|(element, names)| (*element, names.iter().copied().collect()))
        .collect();
    cleaner
        .tags(ELEMENTS.iter().copied().collect())
        .clean_content_tags(HOLLOWED.iter().copied().collect())
        .generic_attributes(ATTRIBUTES.iter().copied().collect())
        .tag_attributes(attributes)
        .url_schemes(SCHEMES.iter().copied().collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(|element, name, value| {
            is_safe_attribute(element, name, value).then(|| value.into())
        });
    cleaner
});

/// The HTML with only the elements, attributes and URLs that may stay; comments go.
///
/// Give it whole fragments: what is opened in one piece and closed in another is closed twice.
#[must_use]
pub fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

/// What [`clean`] takes out of `html`: the byte offset of the tag or attribute, and its name as an editor knows it
/// (the element, `onclick` of the element, `href` of the element with its value). Comments and the ends of dropped elements are left out.
#[must_use]
pub fn dropped(html: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut hollow: Option<String> = None;
    for tag in tags(html) {
        if let Some(name) = &hollow {
            if tag.closing && tag.name == *name {
                hollow = None;
            }
            continue;
        }
        if tag.closing {
            continue;
        }
        if HOLLOWED.contains(&tag.name.as_str()) {
            hollow = Some(tag.name.clone());
        }
        if ELEMENTS.contains(&tag.name.as_str()) {
            dropped_attributes(&tag, &mut found);
        } else {
            found.push((tag.start, format!("`<{}>`", tag.name)));
        }
    }
    found
}

fn dropped_attributes(tag: &Tag<'_>, found: &mut Vec<(usize, String)>) {
    for (at, name, value) in &tag.attributes {
        let own = ELEMENT_ATTRIBUTES.iter().find(|(element, _)| *element == tag.name);
        let known = ATTRIBUTES.contains(&name.as_str())
            || own.is_some_and(|(_, names)| names.contains(&name.as_str()));
        if !known {
            found.push((*at, format!("`{name}` of `<{}>`", tag.name)));
        } else if !is_safe_attribute(&tag.name, name, value) {
            found.push((*at, format!("`{name}` of `<{}>`: «{value}»", tag.name)));
        }
    }
}

fn is_safe_attribute(element: &str, name: &str, value: &str) -> bool {
    if !URL_ATTRIBUTES.contains(&name) {
        return true;
    }
    let schemes = if element == "a" { SCHEMES } else { EMBED_SCHEMES };
    scheme(value).is_none_or(|scheme| schemes.contains(&scheme.as_str()))
}

/// Whether a link may lead there: `http`, `https`, `mailto`, `tel`, or relative.
///
/// Judges as a browser would: white space and control characters in the scheme, its case, and character references
/// (`&#106;`, `&colon;`, `&Tab;`) do not hide it.
#[must_use]
pub fn is_safe_url(url: &str) -> bool {
    scheme(url).is_none_or(|scheme| SCHEMES.contains(&scheme.as_str()))
}

/// The scheme of a URL in lower case, or `None` if it is relative.
fn scheme(url: &str) -> Option<String> {
    let mut scheme = String::new();
    for character in decoded(url) {
        match character {
            // The URL standard strips C0 controls and spaces at the ends, tabs and line ends everywhere; older
            // readers strip more, so that no control or invisible character counts.
            '\0'..=' '
            | '\u{7F}'..='\u{A0}'
            | '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}' => {}
            ':' => return (!scheme.is_empty()).then_some(scheme),
            'a'..='z' | 'A'..='Z' => scheme.push(character.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !scheme.is_empty() => scheme.push(character),
            _ => return None,
        }
    }
    None
}

/// The characters of a text with the character references that could hide a scheme resolved.
fn decoded(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (character, length) = rest
            .strip_prefix('&')
            .and_then(reference)
            .or_else(|| rest.chars().next().map(|it| (it, it.len_utf8())))?;
        rest = &rest[length..];
        Some(character)
    })
}

/// The character that a reference stands for, and the reference's length with its `&`.
fn reference(after_ampersand: &str) -> Option<(char, usize)> {
    if let Some(number) = after_ampersand.strip_prefix('#') {
        let (digits, radix, prefix) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 3),
            None => (number, 10, 2),
        };
        let length = digits.bytes().take_while(|byte| (*byte as char).is_digit(radix)).count();
        let code = u32::from_str_radix(&digits[..length], radix).ok()?;
        let semicolon = usize::from(digits[length..].starts_with(';'));
        return Some((char::from_u32(code).unwrap_or('\u{FFFD}'), prefix + length + semicolon));
    }
    [
        ("colon;", ':'),
        ("Tab;", '\t'),
        ("NewLine;", '\n'),
        ("sol;", '/'),
        ("nbsp;", '\u{A0}'),
        ("shy;", '\u{AD}'),
    ]
    .iter()
    .find(|(name, _)| after_ampersand.starts_with(name))
    .map(|(name, character)| (*character, 1 + name.len()))
}

/// A tag of some HTML.
pub(crate) struct Tag<'a> {
    /// Byte offset of `<`.
    pub(crate) start: usize,
    /// In lower case.
    pub(crate) name: String,
    /// `</name>`
    pub(crate) closing: bool,
    /// Byte offset, name in lower case, value as written.
    pub(crate) attributes: Vec<(usize, String, &'a str)>,
}

/// The tags of some HTML, in order; comments, declarations and instructions are passed over.
pub(crate) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(less) = html[at..].find('<').map(|offset| at + offset) {
        let rest = &html[less + 1..];
        if rest.starts_with("!--") {
            at = html[less + 4..].find("-->").map_or(html.len(), |end| less + 4 + end + 3);
        } else if let Some((tag, end)) = tag(html, less) {
            found.push(tag);
            at = end;
        } else {
            at = less + 1;
        }
    }
    found
}

/// The tag that begins at `<`, and the byte after it; `None` if it is not a tag.
fn tag(html: &str, less: usize) -> Option<(Tag<'_>, usize)> {
    let closing = html[less + 1..].starts_with('/');
    let name_start = less + 1 + usize::from(closing);
    let name_end =
        until(html, name_start, |byte| byte.is_ascii_whitespace() || b"/>".contains(&byte));
    if !html[name_start..].starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let mut tag = Tag {
        start: less,
        name: html[name_start..name_end].to_ascii_lowercase(),
        closing,
        attributes: Vec::new(),
    };
    let mut at = name_end;
    loop {
        at = skip(html, at, b" \t\r\n\x0C/");
        match html.as_bytes().get(at) {
            None => return Some((tag, at)),
            Some(b'>') => return Some((tag, at + 1)),
            Some(_) => at = attribute(html, at, &mut tag),
        }
    }
}

/// Reads the attribute at `start` into the tag; the byte after it, always beyond `start`.
fn attribute<'a>(html: &'a str, start: usize, tag: &mut Tag<'a>) -> usize {
    // A leading `=` belongs to the name, as in the HTML standard's tokenizer.
    let name_end =
        until(html, start + 1, |byte| byte.is_ascii_whitespace() || b"/>=".contains(&byte));
    let name = html[start..name_end].to_ascii_lowercase();
    let equals = skip(html, name_end, b" \t\r\n\x0C");
    if html.as_bytes().get(equals) != Some(&b'=') {
        tag.attributes.push((start, name, ""));
        return name_end;
    }
    let value_start = skip(html, equals + 1, b" \t\r\n\x0C");
    let (value, end) = match html.as_bytes().get(value_start) {
        Some(&quote @ (b'"' | b'\'')) => {
            let end = until(html, value_start + 1, |byte| byte == quote);
            (&html[value_start + 1..end], (end + 1).min(html.len()))
        }
        _ => {
            let end = until(html, value_start, |byte| byte.is_ascii_whitespace() || byte == b'>');
            (&html[value_start..end], end)
        }
    };
    tag.attributes.push((start, name, value));
    end
}

/// The first byte from `from` on that is not one of `bytes`, else the end.
fn skip(html: &str, from: usize, bytes: &[u8]) -> usize {
    let rest = &html.as_bytes()[from.min(html.len())..];
    rest.iter().position(|byte| !bytes.contains(byte)).map_or(html.len(), |offset| from + offset)
}

/// The first byte from `from` on that `stop` accepts, else the end; `stop` accepts ASCII only, so that the result is a
/// character boundary.
fn until(html: &str, from: usize, stop: impl Fn(u8) -> bool) -> usize {
    let from = from.min(html.len());
    html.as_bytes()[from..]
        .iter()
        .position(|&byte| byte.is_ascii() && stop(byte))
        .map_or(html.len(), |offset| from + offset)
}
