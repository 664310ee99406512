//! `brief translations`: says what is not in every language of the site.

use serde::Serialize;

use super::{
    Exit,
    args::{Args, Format, Translations},
    complain, during, now, print,
    progress::Meter,
    site,
    summary::plural,
};
use crate::pipeline::{
    Options,
    outlook::{self, Outlook, Untranslated},
};

/// One line of the answer for machines.
#[derive(Serialize)]
struct Line<'a> {
    source: &'a str,
    what: &'a str,
    name: &'a str,
    missing: &'a [String],
}

pub(super) fn run(args: &Args, asked: &Translations) -> Exit {
    let Some(site) = site(args) else { return Exit::CouldNotRun };
    let options = Options::new(asked.out.clone(), now(asked.now));
    let meter = Meter::start();
    let ask = |outlook: &Outlook<'_>| (outlook.languages(), outlook.untranslated());
    let look = || outlook::look(&site, &options, &meter, &ask);
    match during(args, asked.format, &meter, look) {
        Ok(Ok((languages, found))) => answer(args, asked, &languages, found),
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

fn answer(
    args: &Args,
    asked: &Translations,
    languages: &[String],
    mut found: Vec<Untranslated>,
) -> Exit {
    if let Some(wanted) = &asked.into {
        if !languages.contains(wanted) {
            complain(args, &format!("«{wanted}» is not a language of this site"));
            eprintln!("  hint: its languages are {}", languages.join(", "));
            return Exit::CouldNotRun;
        }
        found.iter_mut().for_each(|it| it.missing.retain(|tag| tag == wanted));
        found.retain(|it| !it.missing.is_empty());
    }
    match asked.format {
        Format::Plain => plain(languages, &found),
        Format::Json => found.iter().for_each(|it| {
            let Untranslated { source, what, name, missing } = it;
            let line = Line { source, what, name, missing };
            println!("{}", serde_json::to_string(&line).unwrap_or_default());
        }),
    }
    Exit::Fine
}

fn plain(languages: &[String], found: &[Untranslated]) {
    if let [only] = languages {
        println!("the site is in one language, {only}; name others: `languages: [{only}, en]`");
        return;
    }
    for it in found {
        let missing = it.missing.join(", ");
        match it.what {
            "article" | "page" => println!("{}: {} not in {missing}", it.source, it.what),
            what => println!("{}: {what} without a name in {missing}", it.source),
        }
    }
    let count = |what: &str| found.iter().filter(|it| it.what == what).count();
    let (articles, pages) = (count("article"), count("page"));
    println!(
        "{} and {} without a translation, {}; the languages are {}",
        plural(articles, "article"),
        plural(pages, "page"),
        plural(found.len() - articles - pages, "missing name"),
        languages.join(", ")
    );
}
