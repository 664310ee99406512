//! Words that belong into one room only. In: code. Out: the file system, the environment, the clock and sockets where
//! they have no business; letters that reorder source text.

use super::{
    expect_none,
    source::{Source, files, sources, sources_with_benches},
};

/// Places of any of the words in files outside the allowed folders.
fn outside(allowed: &[&str], forbidden: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for source in
        sources().iter().filter(|it| !allowed.iter().any(|folder| it.path.starts_with(folder)))
    {
        for word in forbidden {
            found.extend(source.words(word).map(|at| format!("{}: `{word}`", source.place(at))));
        }
    }
    found
}

#[test]
fn only_disk_touches_the_file_system() {
    let found = outside(
        &["src/disk/"],
        &[
            "fs",
            "File::",
            "OpenOptions",
            "canonicalize",
            "read_dir",
            "create_dir",
            "is_file()",
            "is_dir()",
            "exists()",
        ],
    );
    expect_none(
        "`disk` is the only door to the file system, so that every error names its path and a test can stand in for \
         it. Call a function of `disk`, add one there, or take bytes as an argument.",
        &found,
    );
}

#[test]
fn only_the_command_line_reads_environment_and_clock() {
    let found = outside(
        &["src/cli/"],
        &[
            "std::env",
            "env::",
            "Timestamp::now",
            "Zoned::now",
            "SystemTime",
            "Instant",
            "IsTerminal",
            "std::process",
        ],
    );
    let found: Vec<_> = found.into_iter().filter(|it| !it.starts_with("src/main.rs")).collect();
    expect_none(
        "Only `cli` reads arguments, the environment and the clock: no byte of the output may depend on them. Take \
         \"now\" or the setting as an argument.",
        &found,
    );
}

#[test]
fn only_serve_and_deploy_open_sockets() {
    let found = outside(
        &["src/serve/", "src/deploy/"],
        &["std::net", "TcpListener", "TcpStream", "UdpSocket", "ToSocketAddrs", "hyper", "tokio"],
    );
    expect_none(
        "A build needs no network. Sockets are opened in `serve` and `deploy` only.",
        &found,
    );
}

/// Controls that reorder what a reader of source text sees (UAX #9).
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn no_source_holds_a_bidi_control() {
    let mut found = Vec::new();
    for folder in ["src", "tests", "templates", "static", "benches/src", "benches/hugo"] {
        for (path, text) in
            files(folder, &["rs", "html", "css", "mjs", "js", "yaml", "toml", "json"])
        {
            let lines = (1..).zip(text.lines()).filter(|(_, line)| line.contains(is_bidi_control));
            found.extend(lines.map(|(number, _)| format!("{path}:{number}")));
        }
    }
    expect_none(
        "An invisible control changes the order in which code is read. Write an escape: \\u{200F} in Rust, &#x200F; \
         in HTML, \\200F in CSS.",
        &found,
    );
}

/// Tables of language data, which are code in their own right.
const LANGUAGE_TABLES: &[(&str, &str)] = &[
    ("src/text/", "letters, particles, month names and slugs are what this module knows"),
    ("src/parse/yaml/schema.rs", "translated front matter keys and the key they stand for"),
    ("src/parse/value/language.rs", "names of languages as editors write them"),
];

fn is_rtl_letter(c: char) -> bool {
    // Punctuation and digits are no letters: a reader of code can see where they stand.
    c.is_alphabetic()
        && matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

#[test]
fn arabic_stands_in_texts_not_in_code() {
    let allowed =
        |source: &Source| LANGUAGE_TABLES.iter().any(|(path, _)| source.path.starts_with(path));
    let mut found = Vec::new();
    for source in sources_with_benches().iter().filter(|it| !allowed(it)) {
        let literals = source
            .strings
            .iter()
            .filter(|&&(start, end)| source.text[start..end].contains(is_rtl_letter));
        found.extend(literals.map(|&(start, _)| source.place(start)));
    }
    expect_none(
        "Right-to-left text in a string literal is shown in another order by every editor. What readers see belongs \
         into the UI texts, test data into tests/specs/ or content/; a table of language data is listed in \
         LANGUAGE_TABLES with its reason.",
        &found,
    );
}
