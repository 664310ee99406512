//! `brief build`: publishes the site and says what it did.

use std::time::Instant;

use super::{
    Exit,
    args::{Args, Build},
    complain, now, print, site,
};
use crate::{
    diag::Severity,
    link::{Reason, Withheld},
    pipeline::{self, Options, Outcome},
    write::Report,
};

pub(super) fn run(args: &Args, build: &Build) -> Exit {
    let started = Instant::now();
    let Some(site) = site(args) else { return Exit::CouldNotRun };
    let options = Options {
        output: build.out.clone(),
        now: now(build.now),
        strict: build.strict,
        allow_shrink: build.allow_shrink,
        cold: build.cold,
    };
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(n_threads) = build.threads {
        pool = pool.num_threads(n_threads.into());
    }
    let built = match pool.build() {
        Ok(pool) => pool.install(|| pipeline::build(&site, &options)),
        Err(error) => {
            complain(args, &format!("cannot start threads: {error}"));
            return Exit::CouldNotRun;
        }
    };
    match built {
        Ok(outcome) => {
            print(args, build.format, &outcome.diagnostics);
            conclude(args, build, &outcome, started);
            if outcome.is_published() { Exit::Fine } else { Exit::Findings }
        }
        Err(error) => {
            complain(args, &error.to_string());
            Exit::CouldNotRun
        }
    }
}

/// The last lines: what was published, what is withheld, how long it took.
fn conclude(args: &Args, build: &Build, outcome: &Outcome, started: Instant) {
    let count = |severity| outcome.diagnostics.iter().filter(|it| it.severity == severity).count();
    let (n_errors, n_warnings) = (count(Severity::Error), count(Severity::Warning));
    let Some(report) = &outcome.report else {
        eprintln!("nothing was published: {}", plural(n_errors, "error"));
        return;
    };
    if args.quiet {
        return;
    }
    if args.verbose {
        list(report);
    }
    withheld(args, &outcome.withheld);
    if !report.foreign.is_empty() {
        let n_foreign = plural(report.foreign.len(), "file");
        println!("{n_foreign} in {} not put there by brief, left alone", build.out.display());
    }
    println!(
        "{} in {}: {}, {} ({} new, {} changed, {} removed) in {:.2} s{}",
        plural(outcome.articles, "article"),
        build.out.display(),
        plural(report.outputs, "file"),
        bytes(report.bytes),
        report.created.len(),
        report.replaced.len(),
        report.removed.len(),
        started.elapsed().as_secs_f64(),
        if n_warnings > 0 { format!(", {}", plural(n_warnings, "warning")) } else { String::new() },
    );
}

fn list(report: &Report) {
    let changes =
        [("new", &report.created), ("changed", &report.replaced), ("removed", &report.removed)];
    for (change, files) in changes {
        files.iter().for_each(|file| println!("{change} {file}"));
    }
}

/// What is not published, and when the next of it is due.
fn withheld(args: &Args, withheld: &[Withheld]) {
    if args.verbose {
        for Withheld { source, reason } in withheld {
            match reason {
                Reason::Draft => println!("withheld {source}: a draft"),
                Reason::Scheduled(from) => println!("withheld {source}: not before {from}"),
                Reason::Expired(until) => println!("withheld {source}: not after {until}"),
            }
        }
    } else if !withheld.is_empty() {
        println!("{} withheld (--verbose names each)", plural(withheld.len(), "file"));
    }
    let due = withheld.iter().filter_map(|it| match it.reason {
        Reason::Scheduled(from) => Some(from),
        _ => None,
    });
    if let Some(next) = due.min() {
        println!("next due: {next}");
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Bytes written, in a unit that keeps the number short.
fn bytes(count: u64) -> String {
    match count {
        0 => "nothing to write".to_owned(),
        1..1_000 => format!("{count} B written"),
        1_000..1_000_000 => format!("{} kB written", count / 1_000),
        _ => format!("{:.1} MB written", count as f64 / 1e6),
    }
}
