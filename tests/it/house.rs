//! The walls of the house: what keeps the code as easy to find one's way in as on the first day.
//!
//! In: the sources, the style sheets and the templates of this repository, as text. Out: every place that breaks a
//! rule, with what to do instead. A rule that is wrong is changed here, with its reason, in a commit of its own.

mod floors;
mod functions;
mod source;
mod theme;
mod words;

use self::source::{files, sources, sources_with_benches};

/// Fails with every finding, and what the rule is for.
#[track_caller]
fn expect_none(rule: &str, findings: &[String]) {
    assert!(findings.is_empty(), "\n\n{rule}\n\n{}\n", findings.join("\n"));
}

/// Where Rust is written.
const FOLDERS: &[&str] = &["src", "tests", "benches/src", "benches/tests"];

/// Files that may be longer than the rest, with the reason.
const LONG_FILES: &[(&str, &str)] = &[];

#[test]
fn every_file_says_first_what_goes_in_and_what_comes_out() {
    let silent = FOLDERS.iter().flat_map(|folder| files(folder, &["rs"]));
    let silent: Vec<_> =
        silent.filter(|(_, text)| !text.starts_with("//!")).map(|(path, _)| path).collect();
    expect_none(
        "A file opens with `//!`: what goes in, what comes out, its entry function. Write that line first.",
        &silent,
    );
}

#[test]
fn files_stay_short() {
    let allowed = |path: &str| LONG_FILES.iter().any(|(long, _)| *long == path);
    let long =
        sources_with_benches().into_iter().filter(|it| it.n_lines > 400 && !allowed(&it.path));
    let long: Vec<_> =
        long.map(|it| format!("{}: {} lines without tests", it.path, it.n_lines)).collect();
    expect_none(
        "A file has at most 400 lines without its tests, better 80 to 250. Split it along what it does; a pure table \
         of data may be listed in LONG_FILES with its reason.",
        &long,
    );
}

#[test]
fn nothing_is_left_for_later() {
    // Put together, so that this list does not find itself.
    let marks = [
        ("todo", "!"),
        ("dbg", "!"),
        ("unimplemented", "!"),
        ("FIX", "ME"),
        ("TO", "DO"),
        ("#[ign", "ore"),
    ];
    let mut found = Vec::new();
    for (path, text) in FOLDERS.iter().flat_map(|folder| files(folder, &["rs"])) {
        for (number, line) in (1..).zip(text.lines()) {
            let is_found =
                |(a, b): &(&str, &str)| source::words(line, &format!("{a}{b}")).next().is_some();
            found.extend(
                marks
                    .iter()
                    .filter(|it| is_found(it))
                    .map(|(a, b)| format!("{path}:{number}: {a}{b}")),
            );
        }
    }
    expect_none(
        "Nothing is left for later in the code: finish it, or open an issue and take it out. A test that fails is \
         repaired or removed, never skipped.",
        &found,
    );
}

#[test]
fn a_call_that_can_panic_says_why_it_does_not() {
    let mut found = Vec::new();
    for source in sources() {
        for call in [".unwrap()", ".expect(", "unreachable!"] {
            let unexplained =
                source.code.match_indices(call).filter(|(at, _)| !source.is_explained(*at));
            found.extend(unexplained.map(|(at, _)| format!("{}: {call}", source.place(at))));
        }
    }
    expect_none(
        "Content, templates and settings never make brief panic. Return a value and a diagnostic; where a panic is \
         impossible, say why in a comment on the line above.",
        &found,
    );
}
