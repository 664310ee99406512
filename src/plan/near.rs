//! What a change may touch. In: a [`Delta`]. Out: the names of every output that may have changed with it, also of those that
//! are no more. [`Planner::near`] is the entry.
//!
//! Found by lookup, never by going over all outputs: an article's own page; the pages that refer to it; the head and the
//! pages of its periods on every list where it stood or stands; its day, month and year; front, feeds, sitemaps.
//! What turns out to be equal by its fingerprint is not rendered.

use std::collections::BTreeSet;

use super::{
    FORMATS, Planner,
    calendar::Calendar,
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
    },
};

impl Planner<'_> {
    /// The names of all outputs that a change may touch, in publishing order.
    #[must_use]
    pub fn near(&self, delta: &Delta) -> BTreeSet<PageId> {
        let mut near = BTreeSet::new();
        for change in &delta.changes {
            self.near_article(change, &mut near);
        }
        for (shelf, touched) in &delta.touched {
            match shelf {
                Shelf::List(list) => self.near_list(*list, touched, &mut near),
                Shelf::All => self.near_calendar(touched, &mut near),
                Shelf::Background | Shelf::Telling(_) => {}
            }
        }
        for date in &delta.editions {
            let day = Touched { old_months: self.newsroom.calendar(), days: [*date].into() };
            self.near_calendar(&day, &mut near);
        }
        near.extend(delta.media.iter().map(|path| PageId::Media(path.as_str().into())));
        near.extend(delta.statics.iter().map(|path| PageId::StaticFile(path.as_str().into())));
        if !delta.statics.is_empty() {
            near.insert(PageId::Headers);
        }
        near.extend(delta.redirects.iter().map(|from| PageId::Redirect(from.as_str().into())));
        if !delta.redirects.is_empty() {
            near.insert(PageId::Redirects);
        }
        if !delta.changes.is_empty() || !delta.editions.is_empty() {
            near.insert(PageId::Front);
            near.extend(FORMATS.map(|format| PageId::Feed(format, None)));
        }
        // What is of the last two days changes with the clock as well.
        near.insert(PageId::NewsSitemap);
        near
    }

    /// The article's page, and those that show or lead to it: the ones after it on its most telling lists, the ones before
    /// and after it in its story.
    fn near_article(&self, change: &Change, near: &mut BTreeSet<PageId>) {
        near.insert(PageId::Article(change.id));
        let rows = [&change.old, &change.new].into_iter().flatten().filter(|row| row.published);
        for row in rows {
            for &list in &row.telling {
                let beside = self.beside(Shelf::Telling(list), row, change);
                near.extend(beside.into_iter().map(|item| PageId::Article(item.id)));
            }
            if let Some(story) = row.story {
                let beside = self.beside(Shelf::List(ListId::Story(story)), row, change);
                near.extend(beside.into_iter().map(|item| PageId::Article(item.id)));
                near.insert(PageId::Index(IndexKind::Stories));
            }
        }
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
        let periods = calendar.near(&touched.old_months, &touched.days).into_iter();
        near.extend(periods.map(|period| PageId::List(period, list)));
        near.insert(PageId::Feed(FeedFormat::Atom, Some(list)));
        if let ListId::Entity(entity) = list {
            let before = touched.old_months.iter().map(|(_, count)| count).sum();
            if lists::turns(newsroom, entity, before, lists::size(newsroom, list)) {
                near.insert(PageId::Opml);
                self.near_indexed(near);
            }
        }
    }

    /// The sitemap of what is in no month's.
    fn near_indexed(&self, near: &mut BTreeSet<PageId>) {
        near.insert(PageId::SitemapIndex);
        near.extend((0..=machine::page_parts(self.newsroom)).map(PageId::SitemapPages));
    }

    /// The pages of days, of what holds them, and of what is beside them.
    fn near_calendar(&self, touched: &Touched, near: &mut BTreeSet<PageId>) {
        let newsroom = self.newsroom;
        let calendar = newsroom.calendar();
        let old: BTreeSet<Month> = touched.old_months.iter().map(|(month, _)| *month).collect();
        let new: BTreeSet<Month> = calendar.iter().map(|(month, _)| *month).collect();
        near.insert(PageId::Overview(None));
        for &day in &touched.days {
            let beside = [false, true].map(|after| newsroom.day_beside(day, after));
            near.extend([Some(day)].into_iter().chain(beside).flatten().map(PageId::Day));
            let month = Month::of(day);
            let older = new.range(..month).next_back();
            let newer = new.range(month..).find(|other| **other > month);
            for month in [Some(&month), older, newer].into_iter().flatten() {
                near.insert(PageId::Overview(Some(Period::of_month(*month))));
                near.insert(PageId::Overview(Some(Period::Year(month.year))));
            }
            let n_articles = |months: &[(Month, usize)]| {
                months.iter().find(|(other, _)| *other == month).map_or(0, |(_, count)| *count)
            };
            let most = n_articles(&touched.old_months).max(n_articles(&calendar));
            let parts = 0..=machine::month_parts(most);
            near.extend(parts.map(|part| PageId::SitemapMonth(month, part)));
            if old.contains(&month) != new.contains(&month) || n_articles(&calendar) == 0 {
                let year = PageId::Overview(Some(Period::Year(month.year)));
                near.insert(year);
                self.near_years(month.year, &new, near);
                self.near_indexed(near);
            }
        }
    }

    /// The years beside one that may have come or gone.
    fn near_years(&self, year: i16, months: &BTreeSet<Month>, near: &mut BTreeSet<PageId>) {
        let years: BTreeSet<i16> = months.iter().map(|month| month.year).collect();
        let older = years.range(..year).next_back();
        let newer = years.range(year.saturating_add(1)..).next();
        let beside = older.into_iter().chain(newer).map(|it| Some(Period::Year(*it)));
        near.extend(beside.map(PageId::Overview));
    }
}
