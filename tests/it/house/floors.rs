//! Floors: `main → cli → serve → pipeline → verbs → nouns → ground`. In: imports. Out: those that run back up, or
//! from one verb to another.

use super::{
    expect_none,
    source::{Source, closing, sources, words},
};

/// From the top: each module imports from floors below its own only.
const FLOORS: &[(&str, &[&str])] = &[
    ("the program", &["main"]),
    ("the command line", &["cli"]),
    ("the server", &["serve"]),
    ("the pipeline", &["pipeline"]),
    ("a verb", &["load", "parse", "link", "plan", "render", "write", "check", "import", "deploy"]),
    ("the archive", &["archive"]),
    ("a noun", &["model", "disk"]),
    ("the ground", &["text", "diag", "progress"]),
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|(_, modules)| modules.contains(&module))
}

#[test]
fn imports_run_down() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|it| it.path != "src/lib.rs") {
        let from = source.module().first().map_or("main", |it| *it);
        for (at, to) in imports(source) {
            match (floor(from), floor(&to)) {
                _ if from == to => {}
                (Some(above), Some(below)) if above < below => {}
                (Some(above), Some(_)) => {
                    let name = FLOORS[above].0;
                    found.push(format!(
                        "{}: `{from}` is {name} and imports `{to}`",
                        source.place(at)
                    ));
                }
                _ => found.push(format!("{}: `{from}` or `{to}` has no floor", source.place(at))),
            }
        }
    }
    expect_none(
        "A module imports only from the floors below its own, and a verb no other verb:\n  \
         main → cli → serve → pipeline → load parse link plan render write … → model disk → text diag progress\n\
         A type that two verbs need goes into `model`; a pure function on strings goes into `text`; what calls two \
         verbs goes into `pipeline`. A new module is given its floor in tests/it/house/floors.rs.",
        &found,
    );
}

#[test]
fn every_module_is_in_the_map() {
    let map = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/ARCHITECTURE.md"));
    let map = map.expect("ARCHITECTURE.md is in the root");
    let modules: std::collections::BTreeSet<_> =
        sources().iter().filter_map(|it| it.module().first().map(|it| (*it).to_owned())).collect();
    let unknown: Vec<_> =
        modules.into_iter().filter(|it| !map.contains(&format!("`{it}"))).collect();
    expect_none("ARCHITECTURE.md has a line for each top module; write one for these.", &unknown);
}

/// The top modules that a file's code names, with the place.
fn imports(source: &Source) -> Vec<(usize, String)> {
    let code = &source.code;
    let module = source.module();
    let mut found = Vec::new();
    for root in ["crate", "brief"] {
        // `brief` is the library as the program sees it; elsewhere it is just a word.
        let paths = words(code, root).filter(|_| root == "crate" || source.path == "src/main.rs");
        found.extend(paths.flat_map(|at| heads(code, at + root.len())));
    }
    for at in words(code, "super") {
        if code[..at].trim_end().ends_with("super::") || code[..at].trim_end().ends_with("pub(in") {
            continue;
        }
        let rest = &code[at..];
        let n_supers =
            1 + rest["super".len()..].split("super").take_while(|it| *it == "::").count();
        let end = at + n_supers * "super".len() + (n_supers - 1) * "::".len();
        if n_supers >= module.len() {
            found.extend(heads(code, end));
        }
    }
    found
}

/// First names of the paths after `crate`: one, or those of a group.
fn heads(code: &str, at: usize) -> Vec<(usize, String)> {
    let Some(rest) = code[at..].strip_prefix("::") else { return Vec::new() };
    let start = at + "::".len();
    if !rest.starts_with('{') {
        return vec![(at, first_name(rest))];
    }
    let end = closing(code, start).unwrap_or(code.len());
    let mut depth = 0;
    let mut names = Vec::new();
    let mut item = start + 1;
    for (offset, c) in code[start + 1..end].char_indices() {
        let here = start + 1 + offset;
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push((here, first_name(code[item..here].trim_start())));
                item = here + 1;
            }
            _ => {}
        }
    }
    names.retain(|(_, name)| !name.is_empty() && name != "self");
    names
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn imports_are_seen_in_every_form() {
    let text = "use crate::{\n    a::{b, c},\n    d,\n};\nfn f() { crate::e::g(); super::h::i(); super::super::j::k(); }\n";
    let source = Source::new("src/x/y.rs", text.to_owned());
    let mut names: Vec<_> = imports(&source).into_iter().map(|(_, name)| name).collect();
    names.sort();
    assert_eq!(names, ["a", "d", "e", "j"]);
}
