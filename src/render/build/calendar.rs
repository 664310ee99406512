//! `day.html` and `overview.html`: editions, months, years, the archive.

use std::mem;

use jiff::civil::Date;
use tera::Value;

use super::agenda;
use crate::{
    model::{
        newsroom::{Shelf, Target},
        output::{DayPage, OverviewPage, Period, PeriodCount},
        route::{self, Route},
    },
    render::{
        Renderer,
        head::{self, Draft},
        json_ld, twins,
        view::{DayHighlights, DayView, Head, Link, Markup, OverviewView, PeriodLink, Text},
        view_of,
    },
};

/// Articles of a day that JSON-LD names; a reader's page names them all.
const LISTED: usize = 60;

impl Renderer<'_> {
    pub(in crate::render) fn day(&self, route: &Route, page: &DayPage) -> (Head, Value) {
        let desk = &self.desk;
        let edition = desk.newsroom.edition(page.date).map(|filed| filed.edition);
        let edition = edition.as_ref();
        let date = self.long_day(page.date);
        let body = edition.filter(|edition| !edition.body.text.trim().is_empty());
        let view = DayView {
            second_date: desk.locale.second_date(page.date),
            title: edition.and_then(|it| it.title.as_deref()).map(|it| desk.alone(it)),
            intro: edition.and_then(|it| it.intro.as_deref()).map(|it| desk.alone(it)),
            body: body.map(|it| {
                Markup::new(&self.text_html(
                    &it.source,
                    &it.body.text,
                    &desk.newsroom.config.language,
                ))
            }),
            count: desk.count("count.articles", page.main.len() + page.brief.len()),
            breadcrumb: self.calendar_breadcrumb(Some(Period::Day(page.date))),
            main: self.cards(&page.main),
            brief: self.cards(&page.brief),
            agenda: edition.map_or_else(Vec::new, |edition| agenda(desk, &edition.agenda)),
            previous: page.previous.map(|date| self.edition_link(date)),
            next: page.next.map(|date| self.edition_link(date)),
            date,
        };
        let title = match &view.title {
            Some(title) => {
                format!("{}{}{}", title.plain(), desk.ui.text("separator"), view.date.text)
            }
            None => desk.ui.with("day.title", &[("date", &view.date.text)]),
        };
        let articles: Vec<_> = page.main.iter().chain(&page.brief).copied().take(LISTED).collect();
        let crumbs = self.absolute_crumbs(&view.breadcrumb);
        let canonical = desk.absolute(route);
        let first = page.main.first().map(|&idx| desk.newsroom.address(idx).title.clone());
        let draft = Draft {
            description: view
                .intro
                .as_ref()
                .map(|intro| intro.plain().to_owned())
                .or(first)
                .unwrap_or_default(),
            json_ld: json_ld::collection(desk, &title, &canonical, &articles, &crumbs),
            title,
            otherwise: Some(route::archive()),
            previous: page.previous.map(|date| desk.absolute_at(route::day(date))),
            next: page.next.map(|date| desk.absolute_at(route::day(date))),
            ..Draft::default()
        };
        (head::head(desk, route, draft), view_of(&view))
    }

    fn edition_link(&self, date: Date) -> Link {
        self.desk.link(Target::Day(date))
    }

    pub(in crate::render) fn overview(&self, route: &Route, page: &OverviewPage) -> (Head, Value) {
        let desk = &self.desk;
        let (scope, title) = match page.period {
            None => ("archive", desk.ui.text("archive.title").to_owned()),
            Some(period @ Period::Year(_)) => ("year", desk.period(period)),
            Some(period) => ("month", desk.period(period)),
        };
        let total = match page.period {
            None => desk.newsroom.count(Shelf::All),
            Some(_) => page.parts.iter().map(|part| part.count).sum(),
        };
        let neighbour = |period: Option<Period>| {
            period.map(|it| Link {
                url: desk.url_at(route::calendar(it)),
                name: Text::label(&desk.period(it)),
            })
        };
        let view = OverviewView {
            scope,
            breadcrumb: self.calendar_breadcrumb(page.period),
            count: desk.count("count.articles", total),
            parts: self.whole_years(page),
            days: page
                .highlights
                .iter()
                .zip(&page.parts)
                .map(|((_, articles), &day)| DayHighlights {
                    day: self.part_of_year(day),
                    items: self.cards(articles),
                })
                .collect(),
            previous: neighbour(page.previous),
            next: neighbour(page.next),
            title: title.clone(),
        };
        let full = match page.period {
            None => title,
            Some(_) => desk.ui.with("archive.of", &[("date", &title)]),
        };
        let crumbs = self.absolute_crumbs(&view.breadcrumb);
        let draft = Draft {
            json_ld: json_ld::collection(desk, &full, &desk.absolute(route), &[], &crumbs),
            description: format!("{full}{}{}", desk.ui.text("separator"), view.count),
            title: full,
            twins: match page.period {
                None => twins::everywhere(desk.newsroom, &route::archive()),
                Some(_) => Vec::new(),
            },
            otherwise: Some(route::archive()),
            previous: page.previous.map(|it| desk.absolute_at(route::calendar(it))),
            next: page.next.map(|it| desk.absolute_at(route::calendar(it))),
            ..Draft::default()
        };
        (head::head(desk, route, draft), view_of(&view))
    }

    /// The parts of the archive or of a year. A year has all its months, as a calendar does: those without news in their
    /// places, so that a young archive looks like one.
    fn whole_years(&self, page: &OverviewPage) -> Vec<PeriodLink> {
        let parts = page.parts.iter().map(|&part| (part.period, self.part_of_year(part)));
        match page.period {
            None => {
                let mut years = nested(parts);
                let of = page.parts.iter().filter_map(|part| match part.period {
                    Period::Year(year) => Some(year),
                    _ => None,
                });
                for (link, year) in years.iter_mut().zip(of) {
                    link.parts = self.whole_year(year, mem::take(&mut link.parts));
                }
                years
            }
            Some(Period::Year(year)) => {
                self.whole_year(year, parts.map(|(_, link)| link).collect())
            }
            Some(_) => parts.map(|(_, link)| link).collect(),
        }
    }

    fn whole_year(&self, year: i16, mut months: Vec<PeriodLink>) -> Vec<PeriodLink> {
        let month = |month| {
            let period = Period::Month(year, month);
            let iso = period.to_string();
            match months.iter().position(|link| link.iso == iso) {
                Some(at) => months.swap_remove(at),
                None => PeriodLink {
                    url: None,
                    name: self.desk.period_of_year(period),
                    iso,
                    count: String::new(),
                    parts: Vec::new(),
                },
            }
        };
        (1..=12).map(month).collect()
    }

    /// A period of the site's calendar.
    pub(super) fn calendar_link(&self, part: PeriodCount) -> PeriodLink {
        PeriodLink {
            url: Some(self.desk.url_at(route::calendar(part.period))),
            name: self.desk.period(part.period),
            iso: part.period.to_string(),
            count: self.desk.count("count.articles", part.count),
            parts: Vec::new(),
        }
    }

    /// The same below its year, which is not said again.
    fn part_of_year(&self, part: PeriodCount) -> PeriodLink {
        PeriodLink { name: self.desk.period_of_year(part.period), ..self.calendar_link(part) }
    }

    /// From the front page down to what holds a period.
    fn calendar_breadcrumb(&self, period: Option<Period>) -> Vec<Link> {
        let mut breadcrumb = vec![self.home()];
        let Some(period) = period else { return breadcrumb };
        breadcrumb.push(self.desk.labelled(self.desk.url_at(route::archive()), "nav.archive"));
        let above = match period {
            Period::Year(_) => vec![],
            Period::Month(year, _) => vec![Period::Year(year)],
            Period::Day(date) => {
                vec![Period::Year(date.year()), Period::Month(date.year(), date.month())]
            }
        };
        let link = |it: Period| Link {
            url: self.desk.url_at(route::calendar(it)),
            name: Text::label(&self.desk.period(it)),
        };
        breadcrumb.extend(above.into_iter().map(link));
        breadcrumb
    }
}

/// Months under their years, in the order given: each year comes before its months.
pub(super) fn nested(parts: impl Iterator<Item = (Period, PeriodLink)>) -> Vec<PeriodLink> {
    let mut nested: Vec<(Period, PeriodLink)> = Vec::new();
    for (period, link) in parts {
        match (period, nested.last_mut()) {
            (Period::Month(year, _), Some((Period::Year(of), above))) if *of == year => {
                above.parts.push(link);
            }
            _ => nested.push((period, link)),
        }
    }
    nested.into_iter().map(|(_, link)| link).collect()
}
