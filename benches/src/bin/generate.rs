//! Writes a newsroom of any size, or goes on with one. In: arguments, see [`USAGE`]. Out: a brief site, and a line on
//! standard output that says what is there.

use std::{env, path::PathBuf, process::ExitCode};

use brief_bench::corpus::{self, Recipe};

const USAGE: &str = "usage: generate --articles N [--seed S] [--short] OUT
       generate --add K OUT

Writes a brief site of N articles into OUT, an empty or new folder, or adds K articles to such a site.
The same seed gives the same bytes, and a corpus of N articles is the beginning of every larger one.
--short: bodies of some 600 bytes instead of some 6,600";

/// What was asked for.
enum Task {
    Generate(Recipe, PathBuf),
    Add(u64, PathBuf),
}

fn main() -> ExitCode {
    let Some(task) = task(env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let done = match task {
        Task::Generate(recipe, out) => {
            corpus::generate(recipe, &out).map(|()| (recipe, Vec::new()))
        }
        Task::Add(n_more, out) => corpus::add(n_more, &out),
    };
    match done {
        Ok((recipe, added)) => {
            added.iter().for_each(|path| println!("{}", path.display()));
            println!("{} articles, all out at {}", recipe.n_articles, recipe.now());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn task(mut arguments: impl Iterator<Item = String>) -> Option<Task> {
    let (mut n_articles, mut n_more, mut seed, mut is_short, mut out) =
        (None, None, 1, false, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--articles" => n_articles = Some(arguments.next()?.parse().ok()?),
            "--add" => n_more = Some(arguments.next()?.parse().ok()?),
            "--seed" => seed = arguments.next()?.parse().ok()?,
            "--short" => is_short = true,
            option if option.starts_with('-') => return None,
            _ if out.is_some() => return None,
            folder => out = Some(PathBuf::from(folder)),
        }
    }
    match (n_articles, n_more) {
        (Some(n_articles), None) => {
            Some(Task::Generate(Recipe { n_articles, seed, is_short }, out?))
        }
        (None, Some(n_more)) => Some(Task::Add(n_more, out?)),
        _ => None,
    }
}
