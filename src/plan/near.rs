//! What a change may touch. In: a [`Delta`]. Out: the names of every output that may have changed with it, also of those that
//! are no more. [`Planner::near`] is the entry.
//!
//! Found by lookup, never by going over all outputs: an article's own page; the pages that refer to it; the head and the
//! pages of its periods on every list where it stood or stands; its day, month and year; front, feeds, sitemaps.
//! What turns out to be equal by its fingerprint is not rendered.

use std::collections::BTreeSet;

mod tongues;

use super::{
    FORMATS, Planner,
    calendar::Calendar,
    days, in_order,
    lists::{self, Months},
    machine,
};
use crate::{
    archive::{Change, Delta, Touched},
    model::{
        day::Month,
        newsroom::{Item, ListId, Row, Shelf},
        output::{FeedFormat, IndexKind, Period},
        page_id::PageId,
        tongue::Tongue,
    },
};

impl Planner<'_> {
    /// The names of all outputs that a change may touch, in publishing order.
    #[must_use]
    pub fn near(&self, delta: &Delta) -> Vec<PageId> {
        let mut near = BTreeSet::new();
        let mut tongues: BTreeSet<Tongue> = BTreeSet::new();
        for change in &delta.changes {
            self.near_article(change, &mut near);
            let rows = [&change.old, &change.new].into_iter().flatten();
            tongues.extend(rows.map(|row| row.tongue));
        }
        for (stand, touched) in &delta.touched {
            let planner = self.of(stand.tongue);
            match stand.shelf {
                Shelf::List(list) => {
                    planner.near_list(list, touched, &mut near);
                    self.near_twins(stand.tongue, list, touched, &mut near);
                }
                Shelf::All => planner.near_calendar(touched, &mut near),
                Shelf::Background | Shelf::Telling(_) => {}
            }
        }
        for (tongue, date) in &delta.editions {
            let planner = self.of(*tongue);
            let old_months = planner.newsroom.calendar();
            let touched = Touched { old_months, days: [*date].into(), stays: false };
            planner.near_calendar(&touched, &mut near);
            tongues.insert(*tongue);
        }
        for list in &delta.lists {
            self.near_retold(*list, &mut near);
            tongues.insert(self.newsroom.tongue);
        }
        self.near_translations(delta, &mut near);
        near.extend(delta.media.iter().map(|path| PageId::Media(path.as_str().into())));
        near.extend(delta.statics.iter().map(|path| PageId::StaticFile(path.as_str().into())));
        if !delta.statics.is_empty() {
            near.insert(PageId::Headers);
        }
        near.extend(delta.redirects.iter().map(|from| PageId::Redirect(from.as_str().into())));
        if !delta.redirects.is_empty() {
            near.insert(PageId::Redirects);
        }
        for tongue in tongues {
            near.insert(PageId::Front.in_tongue(tongue));
            near.extend(FORMATS.map(|format| PageId::Feed(format, None).in_tongue(tongue)));
        }
        // What is of the last two days changes with the clock as well.
        let config = &self.newsroom.config;
        near.extend(config.tongues().map(|tongue| PageId::NewsSitemap.in_tongue(tongue)));
        let mut near: Vec<PageId> = near.into_iter().collect();
        in_order(&mut near);
        near
    }

    /// The name of an output in this language.
    fn named(&self, id: PageId) -> PageId {
        id.in_tongue(self.newsroom.tongue)
    }

    /// The article's page, and those that show or lead to it: the ones after it on its most telling lists, the ones before
    /// and after it in its story.
    fn near_article(&self, change: &Change, near: &mut BTreeSet<PageId>) {
        near.insert(PageId::Article(change.id));
        let rows = [&change.old, &change.new].into_iter().flatten().filter(|row| row.published);
        for row in rows {
            let planner = self.of(row.tongue);
            planner.near_month(change, row, near);
            for &list in &row.telling {
                let beside = planner.beside(Shelf::Telling(list), row, change);
                near.extend(beside.into_iter().map(|item| PageId::Article(item.id)));
            }
            if let Some(story) = row.story {
                let beside = planner.beside(Shelf::List(ListId::Story(story)), row, change);
                near.extend(beside.into_iter().map(|item| PageId::Article(item.id)));
                near.insert(planner.named(PageId::Index(IndexKind::Stories)));
            }
        }
    }

    /// All pages of a list, and those that name it: its articles, and the lists on which these are.
    fn near_retold(&self, list: ListId, near: &mut BTreeSet<PageId>) {
        let newsroom = self.newsroom;
        self.near_all_of(newsroom.tongue, list, near);
        self.near_index(list, near);
        near.insert(self.named(PageId::Feed(FeedFormat::Atom, Some(list))));
        for (month, _) in newsroom.months(list) {
            for item in newsroom.items(list, month) {
                self.near_text(item.id, near);
                let lists = newsroom.row(item.id).lists().collect::<Vec<_>>().into_iter();
                near.extend(lists.map(|list| self.named(PageId::List(None, list))));
            }
        }
    }

    /// The indexes in which a list stands.
    fn near_index(&self, list: ListId, near: &mut BTreeSet<PageId>) {
        near.insert(self.named(PageId::Opml));
        near.insert(self.named(PageId::Index(match list {
            ListId::Topic(_) => IndexKind::Topics,
            ListId::Entity(_) => IndexKind::Entities,
            ListId::Story(_) => IndexKind::Stories,
        })));
        self.near_indexed(near);
    }

    /// The articles on both sides of a place on a shelf, and those of the same instant.
    fn beside(&self, shelf: Shelf, row: &Row, change: &Change) -> Vec<Item> {
        let newsroom = self.newsroom;
        let month = Month::of(row.day);
        let months = newsroom.months(shelf);
        let newer_month = months.iter().rev().find(|(other, _)| *other > month);
        let older_month = months.iter().find(|(other, _)| *other < month);
        let mut items: Vec<Item> = Vec::new();
        items.extend(newer_month.and_then(|(it, _)| newsroom.items(shelf, *it).last().copied()));
        items.extend(newsroom.items(shelf, month));
        items.extend(older_month.and_then(|(it, _)| newsroom.items(shelf, *it).first().copied()));
        items.retain(|item| item.id != change.id);
        let from = items.partition_point(|item| item.micros > row.micros).saturating_sub(1);
        let to = items.partition_point(|item| item.micros >= row.micros) + 1;
        items.get(from..to.min(items.len())).unwrap_or_default().to_vec()
    }

    fn near_list(&self, list: ListId, touched: &Touched, near: &mut BTreeSet<PageId>) {
        let newsroom = self.newsroom;
        let months = Months::of(newsroom, list);
        let calendar = Calendar::new(&months, newsroom.config.per_page);
        let periods = match touched.stays {
            true => calendar.showing(&touched.days),
            false => calendar.near(&touched.old_months, &touched.days),
        };
        near.extend(periods.into_iter().map(|period| self.named(PageId::List(period, list))));
        near.insert(self.named(PageId::Feed(FeedFormat::Atom, Some(list))));
        if touched.stays {
            return;
        }
        if let ListId::Entity(entity) = list {
            let before = touched.old_months.iter().map(|(_, count)| count).sum();
            if lists::turns(newsroom, entity, before, lists::size(newsroom, list)) {
                near.insert(self.named(PageId::Opml));
                self.near_indexed(near);
            }
        }
        if self.came_or_went(list, touched) {
            self.near_index(list, near);
        }
    }

    /// The sitemap of what is in no month's.
    fn near_indexed(&self, near: &mut BTreeSet<PageId>) {
        near.insert(PageId::SitemapIndex);
        let parts = 0..=machine::page_parts(self.newsroom);
        near.extend(parts.map(|part| self.named(PageId::SitemapPages(part))));
    }

    /// The pages of days, of what holds them, and of what is beside them.
    fn near_calendar(&self, touched: &Touched, near: &mut BTreeSet<PageId>) {
        let newsroom = self.newsroom;
        if touched.stays {
            return self.near_days(touched, near);
        }
        let calendar = newsroom.calendar();
        let old: BTreeSet<Month> = touched.old_months.iter().map(|(month, _)| *month).collect();
        let new: BTreeSet<Month> = calendar.iter().map(|(month, _)| *month).collect();
        near.insert(self.named(PageId::Overview(None)));
        for &day in &touched.days {
            let beside = [false, true].map(|after| newsroom.day_beside(day, after));
            near.extend(
                [Some(day)]
                    .into_iter()
                    .chain(beside)
                    .flatten()
                    .map(|it| self.named(PageId::Day(it))),
            );
            let month = Month::of(day);
            let older = new.range(..month).next_back();
            let newer = new.range(month..).find(|other| **other > month);
            for month in [Some(&month), older, newer].into_iter().flatten() {
                near.insert(self.named(PageId::Overview(Some(Period::of_month(*month)))));
                near.insert(self.named(PageId::Overview(Some(Period::Year(month.year)))));
            }
            let n_articles = of_month(&calendar, month);
            let most = of_month(&touched.old_months, month).max(n_articles);
            self.near_sitemap(month, most, near);
            if old.contains(&month) != new.contains(&month) || n_articles == 0 {
                near.insert(self.named(PageId::Overview(Some(Period::Year(month.year)))));
                self.near_years(month.year, &new, near);
                self.near_indexed(near);
            }
        }
    }

    /// Days on which every article stands where it stood: themselves, and the months that name an article that changed, which
    /// [`Self::near_article`] finds.
    fn near_days(&self, touched: &Touched, near: &mut BTreeSet<PageId>) {
        near.extend(touched.days.iter().map(|day| self.named(PageId::Day(*day))));
    }

    /// The sitemaps of a month with `most` articles.
    fn near_sitemap(&self, month: Month, most: usize, near: &mut BTreeSet<PageId>) {
        let parts = 0..=machine::month_parts(most);
        near.extend(parts.map(|part| self.named(PageId::SitemapMonth(month, part))));
    }

    /// The month's page, if it names an article or named it, and the month's sitemaps, if they show something else of it.
    fn near_month(&self, change: &Change, row: &Row, near: &mut BTreeSet<PageId>) {
        let newsroom = self.newsroom;
        let month = Month::of(row.day);
        if change.moves {
            self.near_sitemap(month, of_month(&newsroom.months(Shelf::All), month), near);
        }
        let priority = |row: &Option<Box<Row>>| row.as_ref().map(|row| row.priority);
        let is_ranked = priority(&change.old) == priority(&change.new);
        let is_named = || {
            let items = newsroom.day(row.day);
            days::highlights(newsroom, row.day, &items).contains(&change.id)
        };
        if !is_ranked || is_named() {
            near.insert(self.named(PageId::Overview(Some(Period::of_month(month)))));
        }
    }

    /// The years beside one that may have come or gone.
    fn near_years(&self, year: i16, months: &BTreeSet<Month>, near: &mut BTreeSet<PageId>) {
        let years: BTreeSet<i16> = months.iter().map(|month| month.year).collect();
        let older = years.range(..year).next_back();
        let newer = years.range(year.saturating_add(1)..).next();
        let beside = older.into_iter().chain(newer).map(|it| Some(Period::Year(*it)));
        near.extend(beside.map(|year| self.named(PageId::Overview(year))));
    }
}

/// The number of articles of a month.
fn of_month(months: &[(Month, usize)], month: Month) -> usize {
    months.iter().find(|(other, _)| *other == month).map_or(0, |(_, count)| *count)
}
