//! The order in which text is seen: the cases of `tests/specs/direction.md`, and Unicode's own tests of the algorithm.
//!
//! `UPDATE_SPECS=1 cargo test direction` writes what comes of each input into the spec; read the difference before it
//! is committed. `BRIEF_BIDI_TEST` names Unicode's whole `BidiCharacterTest.txt`; without it a part of that file is run.

use std::{env, fs};

use brief::text::bidi::{self, Direction, Manner};

use crate::{
    site::Site,
    text::{cases, hide, reveal},
};

#[test]
fn spec() {
    cases("tests/specs/direction.md", |section, input| {
        let (name, language) = section.split_once(' ').unwrap_or((section, "ar"));
        let manner = Manner::of(language);
        match name {
            "html" => bidi::html(input, manner).into_owned(),
            "plain" => bidi::plain(input, manner).into_owned(),
            "title" => bidi::title(input, manner).into_owned(),
            "raw" => seen(input, manner.direction),
            "seen" => seen(&bidi::plain(input, manner), manner.direction),
            "language" => bidi::language_of(input).to_owned(),
            other => panic!("no such section: {other}"),
        }
    });
}

/// What a reader sees from left to right, each word of right-to-left letters as one mark.
fn seen(text: &str, direction: Direction) -> String {
    let chars: Vec<char> = text.chars().collect();
    let order = bidi::visual(text, Some(direction));
    let levels = bidi::levels(text, Some(direction)).0;
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let mut out = String::new();
    for number in order {
        let (c, is_turned) = (chars[number], levels[starts[number]] % 2 == 1);
        let shown = match c {
            c if bidi::is_control(c) => continue,
            c if bidi::class(c) == bidi::Class::Rtl || ('\u{64B}'..='\u{652}').contains(&c) => '▮',
            '(' if is_turned => ')',
            ')' if is_turned => '(',
            '«' if is_turned => '»',
            '»' if is_turned => '«',
            c => c,
        };
        if shown != '▮' || !out.ends_with('▮') {
            out.push(shown);
        }
    }
    out
}

#[test]
fn the_order_agrees_with_unicodes_own_tests() {
    let whole = env::var_os("BRIEF_BIDI_TEST");
    let path = whole.as_ref().map_or("tests/specs/bidi-character-test.txt".into(), |it| it.clone());
    let text = fs::read_to_string(&path).unwrap();
    let mut n_cases = 0;
    for (number, line) in (1..).zip(text.lines()) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        agree(line).unwrap_or_else(|what| panic!("{}:{number}: {what}: {line}", path.display()));
        n_cases += 1;
    }
    let expected = if whole.is_some() { 91_707 } else { 500 };
    assert!(n_cases >= expected, "{n_cases} cases, of {expected}");
}

/// One line of the file: code points; direction of the paragraph; its level; levels; order.
fn agree(line: &str) -> Result<(), String> {
    let fields: Vec<&str> = line.split(';').collect();
    let code = |it: &str| char::from_u32(u32::from_str_radix(it, 16).unwrap()).unwrap();
    let text: String = fields[0].split(' ').map(code).collect();
    let direction = match fields[1] {
        "0" => Some(Direction::Ltr),
        "1" => Some(Direction::Rtl),
        _ => None,
    };
    let (levels, paragraph) = bidi::levels(&text, direction);
    if paragraph.to_string() != fields[2] {
        return Err(format!("paragraph level {paragraph}"));
    }
    let starts = text.char_indices().map(|(at, _)| at);
    for (start, expected) in starts.zip(fields[3].split(' ')) {
        if expected != "x" && levels[start].to_string() != expected {
            return Err(format!("levels {levels:?}"));
        }
    }
    let order: Vec<String> =
        bidi::visual(&text, direction).iter().map(ToString::to_string).collect();
    if order.join(" ") == fields[4] { Ok(()) } else { Err(format!("order {order:?}")) }
}

/// The cases of `tests/specs/markdown.md`, each an article of one site.
#[test]
fn markdown() {
    let spec = fs::read_to_string("tests/specs/markdown.md").unwrap();
    let mut parts: Vec<String> = spec.split("````").map(str::to_owned).collect();
    let bodies = parts.iter().filter_map(|it| it.strip_prefix("markdown\n")).map(reveal);
    let mut site = Site::new();
    let mut n_cases = 0;
    for (number, body) in bodies.enumerate() {
        let front = format!("title: T\ndate: 2023-09-12\nslug: c{number}");
        site = site.article(&format!("c{number}.md"), &front, &body);
        n_cases += 1;
    }
    let built = site.build();
    let said = built.diagnostics();
    let mut differing = Vec::new();
    let expected = parts.iter_mut().filter(|it| it.starts_with("html\n"));
    for (number, part) in expected.enumerate() {
        let page = built.page(&format!("/2023/09/12/c{number}.html"));
        let prose = page.split_once("<div class=\"prose\">\n").unwrap().1;
        let prose = prose.split_once("</div>\n<footer").unwrap().0.trim_end();
        let mut actual = format!("html\n{}\n", hide(prose).replace("⟦n⟧", "\n"));
        for line in said.iter().filter(|it| it.contains(&format!("/c{number}.md"))) {
            actual.push_str(&format!(
                "{}\n",
                line.replace(&format!("content/articles/c{number}.md:"), "")
            ));
        }
        if *part != actual {
            differing.push(format!("expected {part}\nfound {actual}"));
            *part = actual;
        }
    }
    assert!(n_cases > 5);
    if env::var_os("UPDATE_SPECS").is_some() {
        fs::write("tests/specs/markdown.md", parts.join("````")).unwrap();
    } else {
        assert!(differing.is_empty(), "{}", differing.join("\n"));
    }
}

#[test]
fn stars_that_stay_stars_are_an_error_with_their_place() {
    let site = Site::new().article(
        "a.md",
        "title: T\ndate: 2023-09-12",
        "one ** two** three.\n\n`**` and \\*\\* and 2 ** 3.",
    );
    let errors = site.build().errors();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].starts_with("error stars content/articles/a.md:5:"), "{errors:?}");
}
