//! What a build did → standard output. In: an [`Outcome`] and what it took. Out: a few lines for people, or one JSON
//! object for machines: [`Summary::print`].

use std::{collections::BTreeMap, path::Path};

use serde::Serialize;

use super::{
    args::{Args, Format},
    progress::timings,
    review,
};
use crate::{
    diag::Severity,
    link::{Reason, Withheld},
    pipeline::Outcome,
    progress::Timings,
    write::Report,
};

/// What there is to tell.
pub(super) struct Summary<'a> {
    /// How the build ended.
    pub(super) outcome: &'a Outcome,
    /// The output folder, as typed.
    pub(super) out: &'a Path,
    /// What the build took.
    pub(super) timings: Timings,
    /// Whether that was asked for, phase by phase.
    pub(super) with_timings: bool,
}

impl Summary<'_> {
    /// Prints it: with `--quiet` only what was asked for by name.
    pub(super) fn print(&self, args: &Args, format: Format) {
        match format {
            Format::Plain => {
                match &self.outcome.report {
                    Some(report) if !args.quiet => self.plain(args, report),
                    Some(_) => {}
                    None => eprintln!(
                        "nothing was published: {}",
                        plural(self.n_findings(Severity::Error), "error")
                    ),
                }
                if let Some(review) = &self.outcome.mentions {
                    print!("{}", review::plain(review));
                }
                if self.with_timings {
                    print!("{}", timings::table(&self.timings));
                }
            }
            Format::Json if args.quiet && !self.with_timings && self.outcome.mentions.is_none() => {
            }
            Format::Json => {
                println!("{}", serde_json::to_string(&self.json(args)).unwrap_or_default());
            }
        }
    }

    fn n_findings(&self, severity: Severity) -> usize {
        self.outcome.diagnostics.iter().filter(|it| it.severity == severity).count()
    }

    /// What was published, what is withheld, how long it took.
    fn plain(&self, args: &Args, report: &Report) {
        if args.verbose {
            list(report);
        }
        withheld(args, &self.outcome.withheld);
        let out = self.out.display();
        if !report.foreign.is_empty() {
            let n_foreign = plural(report.foreign.len(), "file");
            println!("{n_foreign} in {out} not put there by brief, left alone");
        }
        if report.others > 0 {
            let n_others = plural(report.others, "file");
            println!("{n_others} of other parts in {out}, left alone");
        }
        let n_warnings = self.n_findings(Severity::Warning);
        if !self.outcome.languages.is_empty() {
            let each = self.outcome.languages.iter();
            let each: Vec<String> = each.map(|(tag, count)| format!("{count} in {tag}")).collect();
            println!("{}; `brief translations` lists what is missing", each.join(", "));
        }
        println!(
            "{} in {out}: {}, {} ({} new, {} changed, {} removed) in {:.2} s{}",
            plural(self.outcome.articles, "article"),
            plural(report.outputs, "file"),
            written(report.bytes),
            report.created.len(),
            report.replaced.len(),
            report.removed.len(),
            self.timings.total_micros as f64 / 1e6,
            if n_warnings > 0 {
                format!(", {}", plural(n_warnings, "warning"))
            } else {
                String::new()
            },
        );
    }

    fn json(&self, args: &Args) -> Json<'_> {
        let report = self.outcome.report.as_ref();
        Json {
            published: report.is_some(),
            articles: self.outcome.articles,
            languages: self.outcome.languages.iter().map(|(tag, n)| (&**tag, *n)).collect(),
            errors: self.n_findings(Severity::Error),
            warnings: self.n_findings(Severity::Warning),
            withheld: self.outcome.withheld.len(),
            next_due: next_due(&self.outcome.withheld).map(|time| time.to_string()),
            report: report.map(Counts::from),
            files: report.filter(|_| args.verbose).map(Files::from),
            micros: self.timings.total_micros,
            mentions: self.outcome.mentions.as_ref().map(review::Json::from),
            timings: self.with_timings.then(|| timings::Json::from(&self.timings)),
        }
    }
}

/// The report of a build; what is `None` is left out.
#[derive(Serialize)]
struct Json<'a> {
    published: bool,
    articles: usize,
    /// Articles in each language, on a site in several.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    languages: BTreeMap<&'a str, usize>,
    errors: usize,
    warnings: usize,
    /// Content that is not published now.
    withheld: usize,
    /// RFC 3339: when the next of it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_due: Option<String>,
    #[serde(flatten)]
    report: Option<Counts>,
    /// With `--verbose`.
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<Files<'a>>,
    micros: u64,
    /// With `--explain-mentions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    mentions: Option<review::Json<'a>>,
    /// With `--timings`.
    #[serde(skip_serializing_if = "Option::is_none")]
    timings: Option<timings::Json>,
}

/// Numbers of files.
#[derive(Serialize)]
struct Counts {
    outputs: usize,
    rendered: usize,
    created: usize,
    replaced: usize,
    removed: usize,
    foreign: usize,
    /// Of other parts, where one part is built.
    others: usize,
    /// Bytes of created and replaced files.
    bytes: u64,
}

impl From<&Report> for Counts {
    fn from(report: &Report) -> Self {
        Self {
            outputs: report.outputs,
            rendered: report.rendered,
            created: report.created.len(),
            replaced: report.replaced.len(),
            removed: report.removed.len(),
            foreign: report.foreign.len(),
            others: report.others,
            bytes: report.bytes,
        }
    }
}

/// Names of files, below the output folder.
#[derive(Serialize)]
struct Files<'a> {
    created: &'a [String],
    replaced: &'a [String],
    removed: &'a [String],
    foreign: &'a [String],
}

impl<'a> From<&'a Report> for Files<'a> {
    fn from(report: &'a Report) -> Self {
        Self {
            created: &report.created,
            replaced: &report.replaced,
            removed: &report.removed,
            foreign: &report.foreign,
        }
    }
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
    if let Some(next) = next_due(withheld) {
        println!("next due: {next}");
    }
}

fn next_due(withheld: &[Withheld]) -> Option<jiff::Timestamp> {
    let due = withheld.iter().filter_map(|it| match it.reason {
        Reason::Scheduled(from) => Some(from),
        _ => None,
    });
    due.min()
}

pub(super) fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Bytes written, in a unit that keeps the number short.
fn written(bytes: u64) -> String {
    if bytes == 0 {
        "nothing to write".to_owned()
    } else {
        format!("{} written", timings::bytes(bytes))
    }
}
