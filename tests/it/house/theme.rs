//! The theme: right-to-left from the first line. In: style sheets and templates. Out: what only fits one direction, or
//! breaks Arabic letters apart, or lets raw HTML through.

use super::{expect_none, source::files};

/// A declaration of a style sheet, with its line.
#[derive(Debug)]
struct Declaration {
    place: String,
    property: String,
    value: String,
    /// Its selector names a direction, or the comment before it says why it is physical.
    is_meant: bool,
}

/// Properties that name a side, and what to write instead.
const PHYSICAL: &[(&str, &str)] = &[
    ("margin-left", "margin-inline-start"),
    ("margin-right", "margin-inline-end"),
    ("margin-top", "margin-block-start"),
    ("margin-bottom", "margin-block-end"),
    ("padding-left", "padding-inline-start"),
    ("padding-right", "padding-inline-end"),
    ("padding-top", "padding-block-start"),
    ("padding-bottom", "padding-block-end"),
    ("border-left", "border-inline-start"),
    ("border-right", "border-inline-end"),
    ("border-top", "border-block-start"),
    ("border-bottom", "border-block-end"),
    ("left", "inset-inline-start"),
    ("right", "inset-inline-end"),
    ("top", "inset-block-start"),
    ("bottom", "inset-block-end"),
    ("width", "inline-size"),
    ("height", "block-size"),
    ("min-width", "min-inline-size"),
    ("max-width", "max-inline-size"),
    ("min-height", "min-block-size"),
    ("max-height", "max-block-size"),
    ("scroll-margin-left", "scroll-margin-inline-start"),
    ("scroll-margin-right", "scroll-margin-inline-end"),
    ("scroll-margin-top", "scroll-margin-block-start"),
    ("scroll-padding-left", "scroll-padding-inline-start"),
    ("scroll-padding-right", "scroll-padding-inline-end"),
    ("scroll-padding-top", "scroll-padding-block-start"),
    ("border-top-left-radius", "border-start-start-radius"),
    ("border-top-right-radius", "border-start-end-radius"),
    ("border-bottom-left-radius", "border-end-start-radius"),
    ("border-bottom-right-radius", "border-end-end-radius"),
    ("direction", "the attribute dir"),
    ("unicode-bidi", "the attribute dir, or <bdi>"),
];

/// Properties without a logical form: they need a partner for the other direction.
const ONE_SIDED: &[&str] =
    &["background-position", "object-position", "mask-position", "transform-origin"];

/// Properties whose four values name four sides.
const FOUR_SIDED: &[&str] =
    &["margin", "padding", "inset", "border-width", "border-radius", "border-color"];

#[test]
fn rules_02_33_to_36_and_40_style_sheets_fit_both_directions() {
    let found: Vec<_> = declarations()
        .iter()
        .filter(|it| !it.is_meant)
        .filter_map(|it| {
            Some(format!("{}: `{}: {}`: {}", it.place, it.property, it.value, instead(it)?))
        })
        .collect();
    expect_none(
        "One style sheet serves both directions: only logical properties. Where CSS has no logical form, write a \
         partner under :dir(rtl), or `/* physical: the reason */` on the line above.",
        &found,
    );
}

/// What to write instead of a declaration that fits one direction only.
fn instead(declaration: &Declaration) -> Option<String> {
    let Declaration { property, value, .. } = declaration;
    let has_side = value.split([' ', ',']).any(|it| it == "left" || it == "right");
    let sided = ["text-align", "text-align-last", "float", "clear", "caption-side", "resize"];
    if let Some((_, logical)) = PHYSICAL.iter().find(|(it, _)| it == property) {
        return Some(format!("write {logical}"));
    }
    let prefixes = ["border-left-", "border-right-", "border-top-", "border-bottom-"];
    if prefixes.iter().any(|it| property.starts_with(it) && !property.ends_with("-radius")) {
        return Some("write border-inline-… or border-block-…".to_owned());
    }
    if sided.contains(&property.as_str()) && has_side {
        return Some("write start or end".to_owned());
    }
    if ONE_SIDED.contains(&property.as_str()) && has_side
        || value.contains("to left")
        || value.contains("to right")
    {
        return Some("write a partner under :dir(rtl)".to_owned());
    }
    if value.contains("translateX(")
        || value.contains("rotate(")
        || has_sideways_shadow(property, value)
    {
        return Some("write a partner under :dir(rtl), or make it symmetric".to_owned());
    }
    let sides: Vec<_> = value.split_whitespace().collect();
    if FOUR_SIDED.contains(&property.as_str()) && sides.len() == 4 && sides[1] != sides[3] {
        return Some(format!("write {property}-block and {property}-inline"));
    }
    None
}

fn has_sideways_shadow(property: &str, value: &str) -> bool {
    let offset = value
        .split_whitespace()
        .find(|it| it.starts_with(|c: char| c.is_ascii_digit() || c == '-'));
    property.ends_with("-shadow")
        && offset.is_some_and(|it| !it.trim_matches(['0', '-', 'p', 'x']).is_empty())
}

#[test]
fn rule_42_nothing_is_flipped() {
    let is_flip = |it: &&Declaration| {
        it.property == "scale" && it.value.contains('-')
            || it.property == "transform"
                && (it.value.contains("scale") || it.value.contains("rotateY"))
    };
    let declarations = declarations();
    let place = |it: &Declaration| format!("{}: `{}: {}`", it.place, it.property, it.value);
    let found: Vec<_> = declarations.iter().filter(is_flip).map(place).collect();
    expect_none(
        "Logos, clocks, numbers and pictures are the same in both directions; arrows are letters.",
        &found,
    );
}

#[test]
fn rules_49_to_52_letters_stay_joined_and_upright() {
    let is_wrong = |it: &&Declaration| match it.property.as_str() {
        "letter-spacing" => !["0", "normal"].contains(&it.value.as_str()),
        "font-style" => it.value.contains("italic") || it.value.contains("oblique"),
        "text-align" | "text-align-last" => it.value == "justify",
        "hyphens" => it.value == "auto",
        _ => false,
    };
    let declarations = declarations();
    let found: Vec<_> = declarations
        .iter()
        .filter(is_wrong)
        .map(|it| format!("{}: `{}: {}`", it.place, it.property, it.value))
        .collect();
    expect_none(
        "Arabic letters join: spacing pulls them apart, no Arabic face has an italic, justified lines without kashida \
         tear holes. Set words apart by weight or colour.",
        &found,
    );
}

#[test]
fn text_is_escaped_by_type() {
    let mut found = Vec::new();
    for (path, text) in files("templates", &["html", "xml"]) {
        for (number, line) in (1..).zip(text.lines()) {
            let without_spaces: String = line.split_whitespace().collect();
            if without_spaces.contains("|safe") || without_spaces.contains("autoescapefalse") {
                found.push(format!("{path}:{number}: {}", line.trim()));
            }
        }
    }
    expect_none(
        "A template escapes all it is given; a filter that switches that off is how a headline becomes a script. Hand \
         it a value of the HTML type of `text::html` from `render::view`.",
        &found,
    );
}

/// Every declaration of `static/**/*.css` and of `<style>` and `style=` in the templates.
fn declarations() -> Vec<Declaration> {
    let mut found = Vec::new();
    for (path, text) in files("static", &["css"]) {
        found.extend(declarations_of(&path, &text));
    }
    for (path, text) in files("templates", &["html"]) {
        for inner in text.split("<style>").skip(1).filter_map(|it| it.split_once("</style>")) {
            found.extend(declarations_of(&path, inner.0));
        }
        for inner in text.split("style=\"").skip(1).filter_map(|it| it.split_once('"')) {
            found.extend(declarations_of(&path, &format!("*{{{}}}", inner.0)));
        }
    }
    found
}

fn declarations_of(path: &str, css: &str) -> Vec<Declaration> {
    let mut found = Vec::new();
    let mut selectors: Vec<String> = Vec::new();
    let mut piece = String::new();
    let (mut is_comment, mut is_physical, mut comment) = (false, false, String::new());
    for (at, c) in css.char_indices() {
        if is_comment {
            comment.push(c);
            if comment.ends_with("*/") {
                is_physical = comment.contains("physical:");
                is_comment = false;
            }
        } else if css[at..].starts_with("/*") {
            (is_comment, comment) = (true, c.to_string());
        } else if c == '{' {
            selectors.push(std::mem::take(&mut piece).trim().to_owned());
        } else if c == ';' || c == '}' {
            if let Some((property, value)) = piece.split_once(':') {
                let line = css[..at].matches('\n').count() + 1;
                found.push(Declaration {
                    place: format!("{path}:{line}"),
                    property: property.trim().to_lowercase(),
                    value: value.trim().to_owned(),
                    is_meant: is_physical || selectors.iter().any(|it| it.contains(":dir(")),
                });
                is_physical = false;
            }
            piece.clear();
            if c == '}' {
                selectors.pop();
            }
        } else {
            piece.push(c);
        }
    }
    found
}

#[test]
fn one_sided_declarations_are_found() {
    let css = "@media (min-width: 9em) { a { margin: 0 1px 0 2px; color: red } }\n\
               /* physical: a scrollbar is where it is */ b { left: 0 }\n\
               c:dir(rtl) { right: 0 } d { float: left; box-shadow: 0 1px red; background: linear-gradient(to left, red) }";
    let found = declarations_of("x.css", css);
    let meant = found
        .iter()
        .filter(|it| it.is_meant || instead(it).is_none())
        .map(|it| it.property.as_str());
    assert_eq!(meant.collect::<Vec<_>>(), ["color", "left", "right", "box-shadow"]);
}
