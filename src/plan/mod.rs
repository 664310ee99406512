//! The newsroom → the outputs to publish. In: a [`Newsroom`], "now", and what all pages depend on ([`Basis`]).
//! Out: a [`Plan`]: every output with its route, what stands on it and its fingerprint, in publishing order;
//! or the routes that two outputs want. [`plan`] is the entry; nothing is written before it has succeeded.

mod articles;
pub mod calendar;
mod days;
mod fingerprint;
mod front;
mod lists;
mod machine;

use std::collections::BTreeMap;

use jiff::Timestamp;
use rayon::prelude::*;

pub use fingerprint::Basis;
use fingerprint::Fingerprints;

use crate::{
    diag::{Diagnostic, Place},
    model::{
        newsroom::{ListId, Newsroom},
        output::{Output, Page, Period, Plan},
        route::{self, Route},
    },
    text::fold,
};

/// Plans every output of a build.
///
/// # Errors
/// An error for each route that two outputs want, naming both.
pub fn plan(newsroom: &Newsroom, now: Timestamp, basis: &Basis) -> Result<Plan, Vec<Diagnostic>> {
    let mut draft = Draft { newsroom, wanted: Vec::new() };
    draft.assets();
    draft.articles();
    draft.lists();
    draft.calendar();
    draft.front();
    draft.redirects();
    draft.machine(now);
    placeable(&draft.wanted)?;
    unique(&draft.wanted)?;
    let fingerprints = Fingerprints::new(newsroom, basis);
    let outputs = draft.wanted.into_par_iter().map(|(route, page, owner)| {
        let fingerprint = fingerprints.of(&route, &page);
        Output { route, page, fingerprint, owner }
    });
    Ok(Plan { outputs: outputs.collect() })
}

/// Outputs in publishing order, so that a build that stops half-way leaves no link to nowhere: assets, article pages,
/// lists, front, feeds, sitemaps.
struct Draft<'a> {
    newsroom: &'a Newsroom,
    wanted: Vec<(Route, Page, String)>,
}

impl Draft<'_> {
    fn add(&mut self, route: Route, page: Page, owner: impl Into<String>) {
        self.wanted.push((route, page, owner.into()));
    }

    fn assets(&mut self) {
        for (path, file) in &self.newsroom.statics {
            let owner = file.source.clone().unwrap_or_else(|| format!("the theme's static/{path}"));
            self.add(file.route.clone(), Page::StaticFile(path.clone()), owner);
        }
        for (path, media) in &self.newsroom.media {
            self.add(media.route.clone(), Page::Media(path.clone()), path);
        }
    }

    fn articles(&mut self) {
        for page in articles::pages(self.newsroom) {
            let idx = page.article;
            let owner = self.newsroom.article(idx).source.clone();
            self.add(self.newsroom.ties(idx).route.clone(), Page::Article(page), owner);
        }
        for (idx, page) in (0..).zip(&self.newsroom.pages) {
            self.add(route::static_page(&page.path), Page::Static(idx), &page.source);
        }
    }

    fn lists(&mut self) {
        for list in self.newsroom.lists() {
            let owner = owner(self.newsroom, list);
            for page in lists::pages(self.newsroom, list) {
                let route = match page.period {
                    None => self.newsroom.list_route(list),
                    Some(period) => self.newsroom.period_route(list, period),
                };
                self.add(route, Page::List(page), owner.clone());
            }
        }
        for page in lists::indexes(self.newsroom) {
            self.add(route::index(page.kind), Page::Index(page), "an index");
        }
    }

    fn calendar(&mut self) {
        for page in days::days(self.newsroom) {
            self.add(route::day(page.date), Page::Day(page), "a day's edition");
        }
        for page in days::overviews(self.newsroom) {
            let (route, page) = match page.period {
                None => (route::archive(), Page::Archive(page)),
                Some(period @ Period::Year(_)) => (route::calendar(period), Page::Year(page)),
                Some(period) => (route::calendar(period), Page::Month(page)),
            };
            self.add(route, page, "the archive");
        }
    }

    fn front(&mut self) {
        self.add(Route::new("/404.html"), Page::NotFound, "the page for what is not found");
        self.add(route::front(), Page::Front(front::page(self.newsroom)), "the front page");
    }

    fn redirects(&mut self) {
        let redirects = machine::redirects(self.newsroom);
        let pairs = redirects.iter().map(|(from, to, _)| (from.clone(), to.clone())).collect();
        for (from, to, owner) in redirects {
            self.add(from, Page::Redirect(to), owner);
        }
        self.add(Route::new("/_redirects"), Page::Redirects(pairs), "the host's redirects");
        self.add(Route::new("/_headers"), Page::Headers, "the host's headers");
    }

    fn machine(&mut self, now: Timestamp) {
        for (route, page) in machine::feeds(self.newsroom) {
            self.add(route, page, "a feed");
        }
        let pages = self.indexed_pages();
        for (route, page) in machine::sitemaps(self.newsroom, now, pages) {
            self.add(route, page, "a sitemap");
        }
        self.add(Route::new("/robots.txt"), Page::Robots, "robots.txt");
    }

    /// What a sitemap names besides articles: pages of all kinds that search engines should know.
    fn indexed_pages(&self) -> Vec<Route> {
        let mut pages: Vec<_> = self
            .wanted
            .iter()
            .filter(|(_, page, _)| is_indexed(self.newsroom, page))
            .map(|(route, ..)| route.clone())
            .collect();
        pages.sort();
        pages
    }
}

fn is_indexed(newsroom: &Newsroom, page: &Page) -> bool {
    match page {
        Page::Front(_)
        | Page::Day(_)
        | Page::Month(_)
        | Page::Year(_)
        | Page::Archive(_)
        | Page::Index(_)
        | Page::Static(_) => true,
        Page::List(page) => match page.list {
            ListId::Entity(idx) => !newsroom.is_thin(idx),
            ListId::Topic(_) | ListId::Story(_) => true,
        },
        _ => false,
    }
}

fn owner(newsroom: &Newsroom, list: ListId) -> String {
    let source = match list {
        ListId::Topic(idx) => &newsroom.topic(idx).source,
        ListId::Entity(idx) => &newsroom.entity(idx).source,
        ListId::Story(idx) => &newsroom.story(idx).source,
    };
    if source.is_empty() {
        format!("«{}» in front matter", newsroom.list_name(list))
    } else {
        source.clone()
    }
}

/// Proves that every output stands inside the output folder, under a name that is not brief's own.
fn placeable(wanted: &[(Route, Page, String)]) -> Result<(), Vec<Diagnostic>> {
    let is_bad = |name: &str| {
        matches!(name, "" | "." | "..")
            || name.len() > LONGEST_NAME
            || name.contains(|c: char| c.is_control() || c == '\\')
    };
    let bad = wanted.iter().filter(|(route, ..)| {
        let file = route.file();
        file.starts_with(".brief-output") || file.split('/').any(is_bad)
    });
    let diagnostics: Vec<_> = bad
        .map(|(route, _, owner)| {
            let message = format!("`{route}` is not an address that can be published");
            Diagnostic::error(owner, Place::FILE, "bad-route", message)
                .hint("write a path without `..`, `//` and control characters")
        })
        .collect();
    if diagnostics.is_empty() { Ok(()) } else { Err(diagnostics) }
}

/// Bytes of a file's name: file systems allow 255, of which a temporary suffix needs ten.
const LONGEST_NAME: usize = 245;

/// Proves that no two outputs share a file, also where a file system folds case or composes letters, and that none
/// needs a folder where another has a file.
fn unique(wanted: &[(Route, Page, String)]) -> Result<(), Vec<Diagnostic>> {
    let mut owners: BTreeMap<String, (&Route, &str)> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for (route, _, owner) in wanted {
        let key = fold::route_key(&route.file());
        if let Some((other_route, other)) = owners.insert(key, (route, owner)) {
            diagnostics.push(clash(route, owner, other_route, other));
        }
    }
    for (route, _, owner) in wanted {
        let key = fold::route_key(&route.file());
        let folders = key.match_indices('/').map(|(at, _)| &key[..at]);
        for folder in folders {
            if let Some((other_route, other)) = owners.get(folder) {
                diagnostics.push(clash(route, owner, other_route, other));
            }
        }
    }
    if diagnostics.is_empty() { Ok(()) } else { Err(diagnostics) }
}

fn clash(route: &Route, owner: &str, other_route: &Route, other: &str) -> Diagnostic {
    let same = if route == other_route {
        format!("`{route}` is also the address of {other}")
    } else {
        format!("`{route}` and `{other_route}` of {other} are one file on some disks")
    };
    Diagnostic::error(owner, Place::FILE, "route-clash", same)
        .hint("give one of the two another `slug`, file name or alias")
}
