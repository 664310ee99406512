//! `brief init`: a new site with settings and a sample briefing that can be built at once.
//!
//! The sample is in `starter/`; `{…}` in it stands for the date, the language and the time zone.

use std::fmt::Write as _;

use jiff::{ToSpan, ZonedDateTime, tz::TimeZone};

use super::{
    Exit,
    args::{Args, Init},
    complain, now,
};
use crate::{disk, parse};

/// The sample's files: where they go, what they say.
const STARTER: &[(&str, &str)] = &[
    ("brief.yaml", include_str!("starter/brief.yaml")),
    ("content/topics/newsroom.md", include_str!("starter/topic-newsroom.md")),
    ("content/topics/writing.md", include_str!("starter/topic-writing.md")),
    ("content/entities/ibn-khaldun.md", include_str!("starter/entity-ibn-khaldun.md")),
    ("content/articles/{folder}/welcome.md", include_str!("starter/article-welcome.md")),
    ("content/articles/{folder}/names.md", include_str!("starter/article-names.md")),
    ("content/articles/{folder}/checklist.md", include_str!("starter/article-checklist.md")),
    ("content/editions/{today}.md", include_str!("starter/edition.md")),
    ("content/pages/about.md", include_str!("starter/page-about.md")),
];

/// What a version control system should leave alone.
const IGNORED: &str = "/public\n/.brief\n";

pub(super) fn run(args: &Args, init: &Init) -> Exit {
    let timezone = match TimeZone::get(&init.timezone) {
        Ok(timezone) => timezone,
        Err(_) => {
            complain(args, &format!("there is no time zone `{}`", init.timezone));
            eprintln!("  hint: write an IANA name, such as --timezone Asia/Riyadh or Africa/Cairo");
            return Exit::CouldNotRun;
        }
    };
    let today = now(init.now).to_zoned_datetime(timezone);
    let mut files: Vec<(String, String)> = STARTER
        .iter()
        .map(|(path, text)| (filled(path, init, &today), filled(text, init, &today)))
        .collect();
    files.push((".gitignore".to_owned(), IGNORED.to_owned()));
    // A language that settings would refuse must not make a site that cannot be built.
    let (config, found) = parse::config(disk::SETTINGS, &files[0].1);
    if config.is_none() {
        super::print(args, super::args::Format::Plain, &found);
        return Exit::CouldNotRun;
    }
    if let Err(error) = disk::create_site(&init.dir, &files) {
        complain(args, &error.to_string());
        return Exit::CouldNotRun;
    }
    if !args.quiet {
        print!("{}", next_steps(&init.dir.display().to_string()));
    }
    Exit::Fine
}

fn filled(text: &str, init: &Init, today: &ZonedDateTime) -> String {
    let earlier = |hours: i64| {
        // The sample's articles are all of today, however early it is.
        let start = today.start_of_day().unwrap_or_else(|_| today.clone());
        let time = today.saturating_sub(hours.hours()).max(start);
        time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    };
    text.replace("{folder}", &today.strftime("%Y/%m/%d").to_string())
        .replace("{today}", &today.strftime("%Y-%m-%d").to_string())
        .replace("{now}", &earlier(0))
        .replace("{one hour ago}", &earlier(1))
        .replace("{two hours ago}", &earlier(2))
        .replace("{language}", &init.language)
        .replace("{timezone}", &init.timezone)
}

fn next_steps(dir: &str) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "a site with a sample briefing is in {dir}");
    let _ = writeln!(text, "  cd {dir} && brief build      publish it into {dir}/public");
    let _ = writeln!(text, "  brief new article \"…\"       begin an article");
    text
}
