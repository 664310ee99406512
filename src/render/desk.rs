//! The desk at which pages are made: the newsroom with the site's language and addresses at hand.
//!
//! In: a [`Newsroom`], UI texts, a locale. Out: URLs in the forms that pages, feeds and sitemaps need, and the small
//! parts that all pages share: times, links, counts.

use jiff::civil::Date;

use super::view::{Link, Text, Time};
use crate::{
    archive::Newsroom,
    model::{
        article::Moment,
        newsroom::{ListId, Target},
        output::Period,
        route::Route,
    },
    render::ui::Ui,
    text::{
        bidi::{self, Manner},
        html,
        locale::Locale,
    },
};

/// What every renderer needs, shared by all threads.
pub struct Desk<'a> {
    /// Everything published.
    pub newsroom: &'a Newsroom,
    /// UI texts in the site's language.
    pub ui: &'a Ui,
    /// Dates, numbers, plurals, order.
    pub locale: &'a Locale,
}

impl Desk<'_> {
    /// A route as a URL path for `href`: percent-encoded, with the base path. No scheme, no host.
    #[must_use]
    pub fn url(&self, route: &Route) -> String {
        below(self.newsroom.config.base_path(), route)
    }

    /// A route as an absolute URL (RFC 3986).
    #[must_use]
    pub fn absolute(&self, route: &Route) -> String {
        below(&self.newsroom.config.base_url, route)
    }

    /// A route of this language as a URL path: `/en/archive/` of `/archive/`.
    #[must_use]
    pub fn url_at(&self, route: Route) -> String {
        self.url(&self.newsroom.at(route))
    }

    /// The same, absolute.
    #[must_use]
    pub fn absolute_at(&self, route: Route) -> String {
        self.absolute(&self.newsroom.at(route))
    }

    /// A link as an editor wrote it: a path from the site's root gets the base path, a URL stays.
    #[must_use]
    pub fn configured(&self, link: &str) -> String {
        self.under(self.newsroom.config.base_path(), link)
    }

    /// The same, absolute.
    #[must_use]
    pub fn configured_absolute(&self, link: &str) -> String {
        self.under(&self.newsroom.config.base_url, link)
    }

    fn under(&self, base: &str, link: &str) -> String {
        match link.strip_prefix('/') {
            Some(path) if !path.starts_with('/') => {
                let (path, rest) = path.find(['?', '#']).map_or((path, ""), |at| path.split_at(at));
                // What is encoded already must not be encoded again.
                if path.contains('%') {
                    format!("{base}{path}{rest}")
                } else {
                    format!("{base}{}{rest}", html::percent_encode_path(path))
                }
            }
            _ => link.to_owned(),
        }
    }

    /// Pixels of an image of `static/`, named from the site's root.
    #[must_use]
    pub fn static_size(&self, link: &str) -> Option<(u32, u32)> {
        self.newsroom.statics.get(link.strip_prefix('/')?)?.size
    }

    /// A link to something of the site, under its own name.
    #[must_use]
    pub fn link(&self, target: Target) -> Link {
        let list = match target {
            Target::Topic(idx) => Some(ListId::Topic(idx)),
            Target::Entity(idx) => Some(ListId::Entity(idx)),
            Target::Story(idx) => Some(ListId::Story(idx)),
            Target::Article(_) | Target::Page(_) | Target::Day(_) => None,
        };
        let name = match target {
            Target::Day(date) => Text::label(&self.locale.date(date)),
            other => {
                let name = self.newsroom.name(other);
                list.map_or_else(|| self.line(&name), |list| self.list_name(list, &name))
            }
        };
        Link { url: self.url(&self.newsroom.route(target)), name }
    }

    /// What a list is called, among other text; a name that it has in another language alone says so.
    #[must_use]
    pub fn list_name(&self, list: ListId, name: &str) -> Text {
        let site = self.newsroom.config.language.as_str();
        Text::line(name, self.newsroom.foreign_name(list).unwrap_or(site), site)
    }

    /// Text in the site's language among other text.
    #[must_use]
    pub fn line(&self, text: &str) -> Text {
        let language = &self.newsroom.config.language;
        Text::line(text, language, language)
    }

    /// Text in the site's language that fills an element.
    #[must_use]
    pub fn alone(&self, text: &str) -> Text {
        Text::alone(text, &self.newsroom.config.language)
    }

    /// A link under a label of the user interface.
    #[must_use]
    pub fn labelled(&self, url: String, key: &str) -> Link {
        Link { url, name: Text::label(self.ui.text(key)) }
    }

    /// Text in the site's language for an attribute.
    #[must_use]
    pub fn plain(&self, text: &str) -> String {
        bidi::plain(text, Manner::of(&self.newsroom.config.language)).into_owned()
    }

    /// Date and time of day; the date alone where the editor gave no time.
    #[must_use]
    pub fn time(&self, moment: &Moment) -> Time {
        if moment.has_time {
            Time { iso: moment.rfc3339(), text: self.locale.date_time(moment.local) }
        } else {
            self.day(moment.day())
        }
    }

    /// Time of day; the day and month where the editor gave no time.
    #[must_use]
    pub fn hour(&self, moment: &Moment) -> Time {
        if moment.has_time {
            let time = moment.local.time();
            let text = self.locale.time(time.hour().unsigned_abs(), time.minute().unsigned_abs());
            Time { iso: moment.rfc3339(), text }
        } else {
            Time { iso: moment.day().to_string(), text: self.locale.day_month(moment.day()) }
        }
    }

    /// A day without its weekday.
    #[must_use]
    pub fn day(&self, date: Date) -> Time {
        Time { iso: date.to_string(), text: self.locale.day_month_year(date) }
    }

    /// The name of a period: `2023`, `سبتمبر 2023`, `الأربعاء 13 سبتمبر 2023`.
    #[must_use]
    pub fn period(&self, period: Period) -> String {
        match period {
            Period::Year(year) => self.locale.year(year),
            Period::Month(year, month) => self.locale.month_year(year, month),
            Period::Day(date) => self.locale.date(date),
        }
    }

    /// The name of a period where the year stands above it: `سبتمبر`, `الأربعاء 13 سبتمبر`.
    #[must_use]
    pub fn period_of_year(&self, period: Period) -> String {
        match period {
            Period::Year(year) => self.locale.year(year),
            Period::Month(_, month) => self.locale.month(month),
            Period::Day(date) => self.locale.weekday_day_month(date),
        }
    }

    /// A count in words, e.g. of the UI text `count.articles`.
    #[must_use]
    pub fn count(&self, key: &str, count: usize) -> String {
        self.ui.count(key, count as u64, self.locale)
    }
}

/// A route behind a base that ends in `/`.
#[must_use]
pub fn below(base: &str, route: &Route) -> String {
    let path = html::percent_encode_path(route.as_str());
    [base, path.trim_start_matches('/')].concat()
}
