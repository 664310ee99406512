//! `brief explain`: what an output depends on, and why the next build would make it again or not. Nothing that it does lasts.

use std::{
    io::{self, Write as _},
    path::Path,
};

use serde::Serialize;

use super::{
    Exit,
    args::{Args, Explain, Format},
    complain, during, now, print,
    progress::{Meter, timings},
    site,
};
use crate::{
    archive::Published,
    disk::{self, Site},
    link::Reason,
    model::Digest,
    pipeline::{
        Options,
        outlook::{self, Explanation, Next, Outlook},
    },
    plan::inputs::{How, Input, kind, plain},
};

/// How many routes are named in place of one that is not there.
const NEAREST: usize = 3;
/// How many inputs of one sort, and how many changes, are named to who does not ask for all.
const SHOWN: usize = 20;

/// What there is to say.
enum Answer {
    /// About an output, and how many errors the site has.
    Known(Box<Explanation>, usize),
    /// There is none: the routes most like what was asked for.
    Unknown(Vec<String>),
}

pub(super) fn run(args: &Args, asked: &Explain) -> Exit {
    let Some(site) = site(args) else { return Exit::CouldNotRun };
    let options = Options { shard: asked.shard, ..Options::new(asked.out.clone(), now(asked.now)) };
    let meter = Meter::start();
    let route = route(&site, asked);
    let ask = |outlook: &Outlook<'_>| answer(outlook, &route);
    let look = || outlook::look(&site, &options, &meter, &ask);
    match during(args, asked.format, &meter, look) {
        Ok(Ok(Answer::Known(explanation, n_errors))) => {
            match asked.format {
                Format::Plain => say(&plain_text(args, asked, &explanation, n_errors)),
                Format::Json => print_json(&json(&explanation, n_errors)),
            }
            Exit::Fine
        }
        Ok(Ok(Answer::Unknown(nearest))) => {
            unknown(args, asked, &nearest);
            Exit::Findings
        }
        Ok(Err(errors)) => {
            print(args, asked.format, &errors);
            Exit::Findings
        }
        Err(error) => {
            complain(args, &error.to_string());
            Exit::CouldNotRun
        }
    }
}

/// What was asked for, as a path below the output folder if it leads there, else as typed.
fn route(site: &Site, asked: &Explain) -> String {
    let folder = std::env::current_dir().unwrap_or_else(|_| site.root().to_owned());
    let output = site.root().join(&asked.out);
    let starts = [folder.as_path(), site.root()];
    let file = starts.iter().find_map(|start| disk::below(&output, start, Path::new(&asked.route)));
    file.unwrap_or_else(|| asked.route.clone())
}

fn answer(outlook: &Outlook<'_>, route: &str) -> Answer {
    let explanation = outlook.find(route).and_then(|found| outlook.explain(&found));
    explanation.map_or_else(
        || {
            let nearest = outlook.nearest(route, NEAREST).into_iter();
            Answer::Unknown(nearest.map(|route| route.to_string()).collect())
        },
        |explanation| Answer::Known(Box::new(explanation), outlook.errors.len()),
    )
}

fn unknown(args: &Args, asked: &Explain, nearest: &[String]) {
    match asked.format {
        Format::Plain => {
            complain(args, &format!("nothing is published at `{}`", asked.route));
            let nearest: Vec<_> = nearest.iter().map(|route| format!("`{route}`")).collect();
            if !nearest.is_empty() {
                eprintln!("  hint: is it one of {}?", nearest.join(", "));
            }
        }
        Format::Json => print_json(&Unknown { unknown: &asked.route, nearest }),
    }
}

/// To standard output; who has read enough may close it.
fn say(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

fn plain_text(args: &Args, asked: &Explain, explanation: &Explanation, n_errors: usize) -> String {
    let Explanation { output, owner, inputs, changes, withheld, last, there, next } = explanation;
    let mut lines = vec![format!("{}: {}", output.route, kind(&output.page))];
    let mut fact = |what: &str, text: &str| lines.push(format!("  {what:<11}  {text}"));
    fact("file", &asked.out.join(output.route.file()).display().to_string());
    fact("made for", owner);
    fact("fingerprint", &output.fingerprint.to_string());
    fact("last build", &told(*last, *there));
    fact("next build", reason(*next));
    withheld.iter().for_each(|withheld| fact("", &why(*withheld)));
    if n_errors > 0 {
        fact("", "but it publishes nothing before the site's errors are repaired");
    }
    let n_shown = if args.verbose { usize::MAX } else { SHOWN };
    let changes = changes.as_deref().unwrap_or_default();
    let changed = changes.iter().map(|(how, input)| (word(*how), line(input)));
    table(&mut lines, changed, word(How::Changed).len(), n_shown);
    lines.push(if *next == Next::Remove { "  depended on" } else { "  depends on" }.to_owned());
    let inputs = plain(inputs);
    let width = inputs.iter().map(|input| input.what.noun().len()).max().unwrap_or_default();
    for of_one_sort in inputs.chunk_by(|a, b| a.what == b.what) {
        let rows = of_one_sort.iter().map(|input| (input.what.noun(), place(input)));
        table(&mut lines, rows, width, n_shown);
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Two columns, the first of a given width, and how many rows were left out.
fn table(
    lines: &mut Vec<String>,
    rows: impl ExactSizeIterator<Item = (&'static str, String)>,
    width: usize,
    n_shown: usize,
) {
    let n_more = rows.len().saturating_sub(n_shown);
    lines.extend(rows.take(n_shown).map(|(first, second)| format!("    {first:width$}  {second}")));
    if n_more > 0 {
        let n_more = timings::count(n_more as u64);
        lines.push(format!("    {:width$}  … and {n_more} more (--verbose names each)", ""));
    }
}

/// Sort and place of an input.
fn line(input: &Input) -> String {
    format!("{}  {}", input.what.noun(), place(input))
}

/// The file first: names may be written from right to left, and would turn around what stands behind them.
fn place(input: &Input) -> String {
    match (input.source.as_str(), input.name.as_str()) {
        ("", name) => name.to_owned(),
        (source, "") => source.to_owned(),
        (source, name) if source.ends_with(name) => source.to_owned(),
        (source, name) => format!("{source}  {name}"),
    }
}

fn told(last: Option<Published>, there: Option<u64>) -> String {
    let file = match there {
        Some(bytes) => format!("a file of {} is there", timings::bytes(bytes)),
        None => "no file is there".to_owned(),
    };
    match last {
        None => format!("is not known to have published it; {file}"),
        Some(last) if last.fingerprint == Digest::default() => {
            format!("published it, made of what is not known any more; {file}")
        }
        Some(last) => format!("published it with fingerprint {}; {file}", last.fingerprint),
    }
}

fn reason(next: Next) -> &'static str {
    match next {
        Next::Keep => "would not make it: nothing that it depends on has changed",
        Next::KeepMissing => {
            "would not make it, though its file is gone: nothing that it depends on has changed, \
             and only what changed is looked at; `brief build --cold` makes it"
        }
        Next::KeepAltered => {
            "would not make it, though its file is not as it was written: nothing that it depends \
             on has changed, and only what changed is looked at; `brief build --cold` makes it"
        }
        Next::LeaveToOtherPart => "would not make it: another part of the site holds it",
        Next::MakeNew => "would make it: it is new",
        Next::MakeChanged => "would make it: what it depends on has changed",
        Next::MakeMissing => "would make it: its file is gone",
        Next::MakeAltered => "would make it: its file is not as it was written",
        Next::MakeUnknown => "would make it, and write it if its bytes differ from the file's",
        Next::Remove => "would delete it: it is not published any more",
    }
}

fn why(withheld: Reason) -> String {
    match withheld {
        Reason::Draft => "its source is a draft".to_owned(),
        Reason::Scheduled(from) => format!("its source is not published before {from}"),
        Reason::Expired(until) => format!("its source has expired on {until}"),
    }
}

fn word(how: How) -> &'static str {
    match how {
        How::New => "new",
        How::Changed => "changed",
        How::Gone => "gone",
    }
}

#[derive(Serialize)]
struct Unknown<'a> {
    unknown: &'a str,
    /// The routes most like it.
    nearest: &'a [String],
}

#[derive(Serialize)]
struct Json<'a> {
    route: &'a str,
    file: String,
    kind: &'static str,
    owner: &'a str,
    template: Option<&'static str>,
    fingerprint: Digest,
    /// What the last build published there.
    last: Option<Last>,
    /// Bytes of the file that is there.
    there: Option<u64>,
    next: &'static str,
    /// Whether the next build would make it.
    is_made: bool,
    /// Errors of the site, before whose repair nothing is published.
    errors: usize,
    inputs: Vec<JsonInput<'a>>,
    /// Of the inputs since the last build; `null` where that is not known.
    changes: Option<Vec<Change<'a>>>,
}

#[derive(Serialize)]
struct Last {
    fingerprint: Digest,
    digest: Digest,
    bytes: u64,
}

#[derive(Serialize)]
struct JsonInput<'a> {
    what: &'static str,
    name: &'a str,
    source: &'a str,
    digest: Digest,
}

#[derive(Serialize)]
struct Change<'a> {
    how: &'static str,
    #[serde(flatten)]
    input: JsonInput<'a>,
}

impl<'a> From<&'a Input> for JsonInput<'a> {
    fn from(input: &'a Input) -> Self {
        let Input { what, name, source, digest, .. } = input;
        Self { what: what.noun(), name, source, digest: *digest }
    }
}

fn json(explanation: &Explanation, errors: usize) -> Json<'_> {
    let Explanation { output, owner, inputs, changes, last, there, next, .. } = explanation;
    Json {
        route: output.route.as_str(),
        file: output.route.file(),
        kind: kind(&output.page),
        owner,
        template: output.id.template(),
        fingerprint: output.fingerprint,
        last: last.map(|Published { fingerprint, digest, len, .. }| Last {
            fingerprint,
            digest,
            bytes: len,
        }),
        there: *there,
        next: key(*next),
        is_made: next.is_made(),
        errors,
        inputs: plain(inputs).into_iter().map(JsonInput::from).collect(),
        changes: changes.as_ref().map(|changes| {
            let change = |(how, input)| Change { how: word(how), input: JsonInput::from(input) };
            changes.iter().map(|(how, input)| change((*how, input))).collect()
        }),
    }
}

fn key(next: Next) -> &'static str {
    match next {
        Next::Keep => "keep",
        Next::KeepMissing => "keep-missing",
        Next::KeepAltered => "keep-altered",
        Next::LeaveToOtherPart => "other-part",
        Next::MakeNew => "new",
        Next::MakeChanged => "changed",
        Next::MakeMissing => "missing",
        Next::MakeAltered => "altered",
        Next::MakeUnknown => "unknown",
        Next::Remove => "remove",
    }
}

fn print_json(value: &impl Serialize) {
    say(&format!("{}\n", serde_json::to_string(value).unwrap_or_default()));
}
