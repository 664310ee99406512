//! The README and the reference of commands are true. In: their text and the program. Out: a command that fails, an
//! output that is not shown, a help text that has changed.
//!
//! In README.md, a block marked `console` holds commands behind `$ ` and lines of their output, in which `…` stands for
//! anything. A block under a line that ends in a file's name and a colon (`` `content/x.md`: ``) is that file.

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

use crate::site::run;

/// Commands for this repository; the test suite is what `scripts/test` runs, so it does not run itself.
const OF_THE_REPOSITORY: &[&str] = &["cargo run --release -- build", "scripts/test"];

/// What runs until it is stopped; `it/serve.rs` looks at it.
const UNTIL_STOPPED: &[&str] = &["brief serve --watch"];

/// The commands that have a help text, beside the program itself.
const COMMANDS: &[&str] = &["init", "new", "build", "serve", "explain"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[derive(Debug, PartialEq)]
enum Step {
    /// A command with the lines shown under it.
    Command(String, Vec<String>),
    /// A file to write.
    File(String, String),
}

/// The commands and files of a text, in order.
fn steps(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut before = "";
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(language) = line.strip_prefix("```") else {
            before = if line.trim().is_empty() { before } else { line };
            continue;
        };
        let block: Vec<_> = lines.by_ref().take_while(|it| *it != "```").collect();
        let file = before.strip_suffix("`:").and_then(|it| it.rsplit_once('`'));
        if language == "console" {
            steps.extend(commands(&block));
        } else if let Some((_, file)) = file {
            steps.push(Step::File(file.to_owned(), block.join("\n") + "\n"));
        }
        before = "";
    }
    steps
}

fn commands(block: &[&str]) -> Vec<Step> {
    let mut commands = Vec::new();
    for line in block {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push(Step::Command(command.to_owned(), Vec::new())),
            (None, Some(Step::Command(_, shown))) => shown.push((*line).to_owned()),
            (None, _) => panic!("a console block begins with a command: {line}"),
        }
    }
    commands
}

#[test]
fn every_command_of_the_readme_does_what_it_shows() {
    let steps = steps(&read("README.md"));
    for command in OF_THE_REPOSITORY.iter().chain(UNTIL_STOPPED) {
        let is_it = |step: &Step| matches!(step, Step::Command(it, _) if it == *command);
        assert!(steps.iter().any(is_it), "README.md does not say `{command}`");
    }
    let folder = TempDir::new().unwrap();
    let mut current = folder.path().to_owned();
    let mut n_run = 0;
    for step in &steps {
        match step {
            Step::File(path, text) => {
                let path = current.join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            Step::Command(command, _)
                if OF_THE_REPOSITORY.iter().chain(UNTIL_STOPPED).any(|it| it == command) => {}
            Step::Command(command, shown) => {
                let place = folder.path().join(".current");
                let script = format!(
                    "exec 2>&1\n{command}\ncode=$?\npwd > '{}'\nexit $code",
                    place.display()
                );
                let ran = run(Command::new("sh").args(["-c", &script]).current_dir(&current), &[]);
                assert_eq!(ran.code, 0, "`{command}` failed:\n{}", ran.stdout);
                expect_shown(command, shown, &ran.stdout);
                current = fs::read_to_string(&place).unwrap().trim_end().into();
                n_run += 1;
            }
        }
    }
    assert!(n_run >= 4, "the tour has {n_run} commands");
    expect_tour(&current);
}

/// Each line shown is in the output, in order; `…` stands for anything.
fn expect_shown(command: &str, shown: &[String], output: &str) {
    let mut lines = output.lines();
    for expected in shown {
        let is_found = lines.any(|line| {
            let mut rest = line;
            expected.split('…').all(|part| match rest.find(part) {
                Some(at) => {
                    rest = &rest[at + part.len()..];
                    true
                }
                None => false,
            })
        });
        assert!(is_found, "`{command}` does not show\n  {expected}\nbut\n{output}");
    }
}

/// What the tour promises: both spellings lead to one page, and the page lists its article.
fn expect_tour(site: &Path) {
    let entity = fs::read_to_string(site.join("public/entities/shoigu/index.html")).unwrap();
    assert!(entity.contains("/arrival.html"), "the entity's page lists the article");
    let day = site.join("public/2023/07/25/arrival.html");
    let article = fs::read_to_string(day).unwrap();
    assert!(article.contains("/entities/shoigu/"), "the other spelling is a link");
}

#[test]
fn the_repository_has_one_program_and_one_test_command() {
    for script in ["scripts/test", ".ci/run"] {
        let text = read(script);
        assert!(text.starts_with("#!/usr/bin/env bash\n"), "{script} is a bash script");
        assert!(text.contains("set -euo pipefail"), "{script} stops at the first fault");
    }
    assert!(read(".ci/run").contains("scripts/test"));
    assert_eq!(read("Cargo.toml").matches("[[bin]]").count(), 1, "`cargo run` needs no --bin");
}

#[test]
fn the_reference_of_commands_is_what_the_program_says() {
    let mut text = String::from(
        "# Commands\n\nWhat `brief --help` and each command's `--help` print. Exit codes: 0 fine, 1 findings or a failed \
         build, 2 could not run.\nMade by a test: `UPDATE=1 cargo test reference_of_commands`.\n",
    );
    for command in [""].iter().chain(COMMANDS) {
        let name = format!("brief {command}").trim_end().to_owned();
        let ran = run(Command::new("brief").args(command.split_whitespace()).arg("--help"), &[]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let help: Vec<_> = ran.stdout.lines().map(str::trim_end).collect();
        text.push_str(&format!("\n## {name}\n\n```text\n{}\n```\n", help.join("\n").trim_end()));
    }
    let path = root().join("docs/cli.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        known == text,
        "docs/cli.md is out of date: run `UPDATE=1 cargo test reference_of_commands`"
    );
}

#[test]
fn commands_files_and_outputs_are_told_apart() {
    let text = "Write `a/b.md`:\n\n```markdown\nc\n```\n\n```console\n$ d e\nf … g\n$ h\n```\n\n```yaml\nno: file\n```\n";
    let expected = [
        Step::File("a/b.md".to_owned(), "c\n".to_owned()),
        Step::Command("d e".to_owned(), vec!["f … g".to_owned()]),
        Step::Command("h".to_owned(), Vec::new()),
    ];
    assert_eq!(steps(text), expected);
}
