//! The site's settings: [`read`].

mod languages;

use jiff::tz::TimeZone;

use crate::{
    diag::{Diagnostic, Place},
    model::{
        Digest,
        config::{
            Assets, Config, FeedSettings, HtmlPolicy, LinkMentions, MentionSettings, Months,
            NavItem, Numerals, Publisher, SecondCalendar,
        },
    },
};

use super::{
    Parsed, article,
    fields::{self, Table},
    value::zone,
    yaml::{
        self,
        node::{Entry, Value},
        schema,
    },
};

/// Articles of a list's first page when the site does not say.
const PER_PAGE: usize = 30;
/// Items of a feed when the site does not say.
const FEED_ITEMS: usize = 30;
/// Mentions that make an entity's page worth finding when the site does not say.
const MIN_PAGE: usize = 2;
const PERMALINK: &str = "/:year/:month/:day/:slug.html";

/// The settings in `text`; `None` if title, base URL, language or time zone is missing or wrong.
pub(super) fn read(file: &str, text: &str) -> Parsed<Config> {
    let mut diagnostics = Vec::new();
    let yaml_text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let front = yaml::read(file, yaml_text, 1, schema::CONFIG, &mut diagnostics);
    if front.entries.is_empty() && diagnostics.is_empty() {
        let fault =
            Diagnostic::error(file, Place::at(1, 1), "missing-key", "the settings are empty");
        diagnostics.push(fault.hint("write lines `title: …`, `base_url: https://…/`, `language: ar`, `timezone: Asia/Riyadh`"));
        return (None, diagnostics);
    }
    let digest = Digest::of(text.as_bytes());
    let config =
        fields::read(front, &TimeZone::UTC, |table| fields_of(table, digest), &mut diagnostics);
    (config, diagnostics)
}

fn fields_of(table: &Table<'_, '_>, digest: Digest) -> Option<Config> {
    let title = table.required_text("title");
    let base_url = base_url(table);
    let language =
        table.require("language", "ar").and_then(|_| article::language_tag(table, "language"));
    let timezone = timezone(table);
    let publisher = publisher(table, title.as_deref().unwrap_or_default());
    let tag = language.as_deref();
    let own = languages::Own {
        tag: language.clone().unwrap_or_default(),
        title: title.clone(),
        description: table.text("description"),
        nav: nav(table),
        numerals: numerals(table, tag),
        months: months(table, tag),
        second_calendar: second_calendar(table),
    };
    let config = Settings {
        permalink: permalink(table),
        per_page: at_least_one(table, "per_page").unwrap_or(PER_PAGE),
        html: html(table),
        mentions: mentions(table),
        assets: assets(table),
        feeds: feeds(table),
    };
    let languages = languages::read(table, own);
    let first = languages.first()?.clone();
    let (timezone_name, timezone) = timezone?;
    Some(Config {
        title: title?,
        base_url: base_url?,
        language: language?,
        timezone_name,
        timezone,
        description: first.description.unwrap_or_default(),
        permalink: config.permalink,
        per_page: config.per_page,
        numerals: first.numerals,
        months: first.months,
        second_calendar: first.second_calendar,
        html: config.html,
        mentions: config.mentions,
        assets: config.assets,
        feeds: config.feeds,
        publisher,
        nav: first.nav,
        languages,
        digest,
    })
}

/// The settings that have a default: read before a missing one stops, so that all faults are listed.
struct Settings {
    permalink: String,
    per_page: usize,
    html: HtmlPolicy,
    mentions: MentionSettings,
    assets: Assets,
    feeds: FeedSettings,
}

/// The base URL with a trailing `/`.
fn base_url(table: &Table<'_, '_>) -> Option<String> {
    let entry = table.require("base_url", "https://example.org/")?;
    let text = table.text("base_url")?;
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        text.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme))?;
        text.get(scheme.len()..)
    });
    let is_url = rest.is_some_and(|rest| {
        let host = rest.split('/').next().unwrap_or_default();
        !host.is_empty() && !rest.contains(|it: char| it.is_whitespace() || "?#<>\"\\".contains(it))
    });
    if is_url {
        return Some(if text.ends_with('/') { text } else { format!("{text}/") });
    }
    let host = text
        .rsplit("//")
        .next()
        .unwrap_or_default()
        .split(['?', '#', ' '])
        .next()
        .unwrap_or_default();
    let hint = format!("write `base_url: https://{}/`", host.trim_matches('/'));
    table.error(entry, "bad-url", format!("«{text}» is not the URL of a site"), hint);
    None
}

fn timezone(table: &Table<'_, '_>) -> Option<(String, TimeZone)> {
    let entry = table.require("timezone", "Asia/Riyadh")?;
    let text = table.text("timezone")?;
    zone::zone(&text)
        .map_err(|nearest| {
            let hint = if nearest.is_empty() {
                "write an IANA name, e.g. `timezone: Asia/Riyadh`".to_owned()
            } else {
                let names: Vec<_> =
                    nearest.iter().map(|name| format!("`timezone: {name}`")).collect();
                format!("write {}", names.join(" or "))
            };
            table.error(entry, "bad-timezone", format!("«{text}» is not a time zone"), hint);
        })
        .ok()
}

/// The pattern of article URLs; the default if it is wrong.
fn permalink(table: &Table<'_, '_>) -> String {
    let (Some(text), Some(entry)) = (table.text("permalink"), table.get("permalink")) else {
        return PERMALINK.to_owned();
    };
    let unknown = text
        .split(':')
        .skip(1)
        .map(|after| after.split(|it: char| !it.is_ascii_lowercase()).next().unwrap_or_default())
        .find(|name| !["year", "month", "day", "slug"].contains(name));
    let fault = if let Some(name) = unknown {
        format!("knows no `:{name}`")
    } else if !text.starts_with('/') {
        "does not begin with `/`".to_owned()
    } else if !text.contains(":slug") {
        "does not contain `:slug`".to_owned()
    } else if !text.ends_with('/') && !text.ends_with(".html") {
        "ends neither in `.html` nor in `/`".to_owned()
    } else if text.contains("//") || text.contains("/../") || text.contains(char::is_whitespace) {
        "is not a path".to_owned()
    } else {
        return text;
    };
    let hint = format!(
        "write `permalink: {PERMALINK}`, or another path of `:year`, `:month`, `:day` and `:slug`"
    );
    table.error(entry, "bad-permalink", format!("«{text}» {fault}"), hint);
    PERMALINK.to_owned()
}

fn at_least_one(table: &Table<'_, '_>, key: &'static str) -> Option<usize> {
    table.integer(key, 1, i64::MAX).and_then(|number| usize::try_from(number).ok())
}

fn numerals(table: &Table<'_, '_>, language: Option<&str>) -> Numerals {
    let values =
        [("latn", Numerals::Latn), ("arab", Numerals::Arab), ("arabext", Numerals::Arabext)];
    table
        .choice("numerals", &values)
        .unwrap_or_else(|| language.map(Numerals::usual).unwrap_or_default())
}

fn months(table: &Table<'_, '_>, language: Option<&str>) -> Months {
    let values = [
        ("gregorian", Months::Gregorian),
        ("levant", Months::Levant),
        ("dual", Months::Dual),
        ("maghreb", Months::Maghreb),
    ];
    table
        .choice("months", &values)
        .unwrap_or_else(|| language.map(Months::usual).unwrap_or_default())
}

fn second_calendar(table: &Table<'_, '_>) -> SecondCalendar {
    let values = [
        ("none", SecondCalendar::None),
        ("umalqura", SecondCalendar::Umalqura),
        ("persian", SecondCalendar::Persian),
    ];
    table.choice("second_calendar", &values).unwrap_or_default()
}

fn html(table: &Table<'_, '_>) -> HtmlPolicy {
    let values = [("safe", HtmlPolicy::Safe), ("trusted", HtmlPolicy::Trusted)];
    table.choice("html", &values).unwrap_or_default()
}

fn assets(table: &Table<'_, '_>) -> Assets {
    let values = [("stable", Assets::Stable), ("fingerprint", Assets::Fingerprint)];
    table.choice("assets", &values).unwrap_or_default()
}

fn mentions(table: &Table<'_, '_>) -> MentionSettings {
    let default = MentionSettings {
        link: LinkMentions::First,
        min_page: MIN_PAGE,
        short_forms: true,
        with_particles: false,
    };
    let Some(mentions) = table.table("mentions", schema::CONFIG) else { return default };
    let links = [
        ("first", LinkMentions::First),
        ("section", LinkMentions::Section),
        ("all", LinkMentions::All),
        ("none", LinkMentions::None),
    ];
    // YAML readers of other tools write `off` as `false`.
    let forms = [("auto", true), ("true", true), ("off", false), ("false", false)];
    let particles = [("outside", false), ("inside", true)];
    MentionSettings {
        link: mentions.choice("link", &links).unwrap_or_default(),
        min_page: at_least_one(&mentions, "min_page").unwrap_or(MIN_PAGE),
        short_forms: mentions.choice("short_forms", &forms).unwrap_or(true),
        with_particles: mentions.choice("particles", &particles).unwrap_or(false),
    }
}

fn feeds(table: &Table<'_, '_>) -> FeedSettings {
    let default = FeedSettings { items: FEED_ITEMS, full: true };
    let Some(feeds) = table.table("feeds", schema::CONFIG) else { return default };
    FeedSettings {
        items: at_least_one(&feeds, "items").unwrap_or(FEED_ITEMS),
        full: feeds.choice("content", &[("full", true), ("summary", false)]).unwrap_or(true),
    }
}

fn publisher(table: &Table<'_, '_>, title: &str) -> Publisher {
    let unnamed = Publisher { name: title.to_owned(), ..Publisher::default() };
    let Some(entry) = table.get("publisher") else { return unnamed };
    if let Some(name) = entry.node.as_text() {
        return Publisher { name, ..unnamed };
    }
    let Some(publisher) = table.table("publisher", schema::CONFIG) else { return unnamed };
    let policies = publisher.table("policies", &[]).map(|policies| {
        let pair = |entry: &Entry| Some((entry.key.clone(), url(&policies, entry)?));
        policies.entries().iter().filter_map(pair).collect()
    });
    Publisher {
        name: publisher.text("name").unwrap_or(unnamed.name),
        logo: publisher.url("logo"),
        policies: policies.unwrap_or_default(),
    }
}

/// Links of the header: a list of `name` and `url`, or a map of them.
fn nav(table: &Table<'_, '_>) -> Vec<NavItem> {
    let Some(entry) = table.get("nav") else { return Vec::new() };
    let item = |table: &Table<'_, '_>, entry: &Entry| {
        Some(NavItem { name: entry.key.clone(), url: url(table, entry)? })
    };
    if let Value::Map(entries) = &entry.node.value {
        let is_item = |it: &Entry| it.key == "name" || it.key == "url";
        if !entries.iter().any(is_item) {
            return entries.iter().filter_map(|entry| item(table, entry)).collect();
        }
    }
    table.tables("nav", &[], None, |link| match link.entries() {
        [only] if only.key != "name" && only.key != "url" => item(link, only),
        _ => {
            link.check_below(schema::CONFIG, "nav");
            let name = link.required_text("name");
            let url = link.require("url", "/topics/").and_then(|entry| url(link, entry));
            Some(NavItem { name: name?, url: url? })
        }
    })
}

/// A path from the site's root, or a URL.
fn url(table: &Table<'_, '_>, entry: &Entry) -> Option<String> {
    let found = entry
        .node
        .as_text()
        .filter(|text| !text.is_empty() && crate::text::sanitize::is_safe_url(text));
    if found.is_none() {
        let written = entry
            .node
            .as_text()
            .map_or_else(|| entry.node.kind().to_owned(), |it| format!("«{it}»"));
        let message = format!("`{}` leads to {written}, not to a path or URL", entry.key);
        table.error(entry, "bad-url", message, format!("write `{}: /about.html`", entry.key));
    }
    found
}
