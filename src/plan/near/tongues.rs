//! What a change may touch in other languages of the site. In: a [`Delta`]. Out: articles whose translations came or went, and
//! pages that lead to a list's page in a language which now has one, or has none any more.
//!
//! On a site of one language nothing of this happens.

use std::collections::BTreeSet;

use super::{FORMATS, Planner, lists};
use crate::{
    archive::{Delta, Touched, edition_of_text},
    model::{
        day::{date_of, day_number},
        links::{id_keys, path_key},
        newsroom::{ArticleId, ListId, TopicIdx},
        output::FeedFormat,
        page_id::PageId,
        tongue::Tongue,
    },
};

impl Planner<'_> {
    /// Whether the page of a list came to this language or left it.
    pub(super) fn came_or_went(&self, list: ListId, touched: &Touched) -> bool {
        let newsroom = self.newsroom;
        newsroom.config.is_multilingual()
            && touched.old_months.is_empty() != newsroom.months(list).is_empty()
    }

    /// Articles that lead to a translation which came, went or moved.
    pub(super) fn near_translations(&self, delta: &Delta, near: &mut BTreeSet<PageId>) {
        let newsroom = self.newsroom;
        let bearers = delta.translations.iter().flat_map(|key| newsroom.archive.bearers(*key));
        let met: BTreeSet<ArticleId> = bearers.map(|(id, _)| id).collect();
        for id in met {
            near.extend(newsroom.set_of(id).into_iter().map(PageId::Article));
        }
    }

    /// The pages that lead to the page of a list in a language, or say of it that there is one.
    pub(super) fn near_twins(
        &self,
        tongue: Tongue,
        list: ListId,
        touched: &Touched,
        near: &mut BTreeSet<PageId>,
    ) {
        let planner = self.of(tongue);
        let newsroom = planner.newsroom;
        let came_or_went = planner.came_or_went(list, touched);
        let turned = newsroom.config.is_multilingual()
            && matches!(list, ListId::Entity(idx) if {
                let before = touched.old_months.iter().map(|(_, count)| count).sum();
                lists::turns(newsroom, idx, before, lists::size(newsroom, list))
            });
        if !came_or_went && !turned {
            return;
        }
        for other in self.newsroom.in_tongues() {
            self.near_all_of(other.tongue, list, near);
        }
        if !came_or_went {
            return;
        }
        if let ListId::Topic(idx) = list {
            self.near_family(tongue, idx, near);
            self.near_editions(near);
        }
        let keys = self.keys_of(list);
        for text in keys.iter().flat_map(|key| newsroom.archive.backlinks(*key)) {
            match edition_of_text(text) {
                Some((tongue, date)) => _ = near.insert(PageId::Day(date).in_tongue(tongue)),
                None => self.near_text(ArticleId(text), near),
            }
        }
        let wanted = &newsroom.registry.wanted;
        if keys.iter().any(|key| wanted.binary_search(key).is_ok()) {
            for newsroom in self.newsroom.in_tongues() {
                let all = lists::all(newsroom).into_iter();
                near.extend(all.map(|it| PageId::List(None, it).in_tongue(newsroom.tongue)));
            }
            let pages = (0..).zip(&newsroom.registry.pages);
            near.extend(pages.map(|(idx, _)| PageId::Static(idx)));
        }
    }

    /// An article's page, and the feeds that may carry its text.
    pub(super) fn near_text(&self, id: ArticleId, near: &mut BTreeSet<PageId>) {
        near.insert(PageId::Article(id));
        let row = self.newsroom.row(id);
        let feeds = row.lists().map(|list| PageId::Feed(FeedFormat::Atom, Some(list)));
        let feeds = feeds.chain(FORMATS.map(|format| PageId::Feed(format, None)));
        near.extend(feeds.map(|feed| feed.in_tongue(row.tongue)));
    }

    /// The days of all editions: one may name an article of another language, whose topic has no page in that of the edition.
    fn near_editions(&self, near: &mut BTreeSet<PageId>) {
        for newsroom in self.newsroom.in_tongues() {
            let (tongue, days) = (newsroom.tongue, i32::MIN..=day_number(newsroom.today));
            let days = newsroom.archive.edition_days(tongue, days).into_iter();
            near.extend(days.map(|day| PageId::Day(date_of(day)).in_tongue(tongue)));
        }
    }

    /// Every page of a list in a language.
    pub(super) fn near_all_of(&self, tongue: Tongue, list: ListId, near: &mut BTreeSet<PageId>) {
        let periods = lists::pages(self.newsroom.in_tongue(tongue), list).into_iter();
        near.extend(periods.map(|period| PageId::List(period, list).in_tongue(tongue)));
    }

    /// The broader topics of a topic, and the narrower ones, whose pages lead to it.
    fn near_family(&self, tongue: Tongue, idx: TopicIdx, near: &mut BTreeSet<PageId>) {
        let newsroom = self.newsroom;
        if let Some(parent) = newsroom.parent(idx) {
            near.insert(PageId::List(None, ListId::Topic(parent)).in_tongue(tongue));
        }
        let mut waiting = vec![idx];
        let mut seen: BTreeSet<TopicIdx> = BTreeSet::new();
        while let Some(idx) = waiting.pop() {
            if seen.insert(idx) {
                self.near_all_of(tongue, ListId::Topic(idx), near);
                let all = newsroom.registry.parents.iter();
                waiting.extend(all.filter(|(_, it)| **it == idx).map(|(it, _)| *it));
            }
        }
    }

    /// The keys by which texts refer to a list.
    fn keys_of(&self, list: ListId) -> Vec<u64> {
        let mut keys = Vec::new();
        for newsroom in self.newsroom.in_tongues() {
            let (folder, id, source) = match list {
                ListId::Topic(idx) => {
                    let it = newsroom.topic(idx);
                    keys.extend(it.aliases.iter().flat_map(|it| id_keys(&it.text)));
                    ("topics", &it.id, &it.source)
                }
                ListId::Entity(idx) => {
                    let it = newsroom.entity(idx);
                    keys.extend(it.aliases.iter().flat_map(|it| id_keys(&it.text)));
                    keys.extend(it.redirect_from.iter().flat_map(|it| id_keys(&it.text)));
                    keys.extend(it.names.values().flat_map(|it| id_keys(it)));
                    ("entities", &it.id, &it.source)
                }
                ListId::Story(idx) => {
                    let it = newsroom.story(idx);
                    ("stories", &it.id, &it.source)
                }
            };
            keys.extend(id_keys(id));
            keys.extend(id_keys(&format!("{folder}/{id}")));
            keys.extend(id_keys(newsroom.list_name(list)));
            keys.push(path_key(source));
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}
