//! What is published now. In: [`Material`]. Out: [`Published`]: the same without what is withheld, articles
//! newest first; what is withheld and when it is due. [`split`] is the entry.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Material;
use crate::{
    model::{article::Summary, source::stem_of},
    text::fold,
};

/// What `split` makes.
pub(super) struct Published {
    /// Only what is published; articles newest first, then by path.
    pub(super) material: Material,
    /// What is not, by path.
    pub(super) withheld: Vec<Withheld>,
    /// Paths and folded ids of what is not, so that links to it are known for what they are.
    pub(super) hidden: BTreeSet<String>,
}

/// Content that is not published now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Its file.
    pub source: String,
    /// Why.
    pub reason: Reason,
}

/// Why content is not published now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// `draft: true`
    Draft,
    /// Not before this instant: its `publish_at`, or a `date` that has not come yet.
    Scheduled(Timestamp),
    /// Not after this instant.
    Expired(Timestamp),
}

/// Separates what is published at `material.now` from what is withheld.
pub(super) fn split(mut material: Material) -> Published {
    let now = material.now;
    let mut withheld = Vec::new();
    let mut hidden = BTreeSet::new();
    let mut hide = |source: &str, reason| {
        hidden.insert(source.to_owned());
        let stem = stem_of(source);
        hidden.insert(fold::key(stem));
        hidden.insert(fold::key(&format!("articles/{stem}")));
        withheld.push(Withheld { source: source.to_owned(), reason });
    };
    material.articles.retain(|article| match reason(&article.summary, now) {
        Some(reason) => {
            hide(&article.summary.source, reason);
            false
        }
        None => true,
    });
    material.pages.retain(|(page, _)| {
        if page.draft {
            hide(&page.source, Reason::Draft);
        }
        !page.draft
    });
    let today = now.to_zoned_datetime(material.config.timezone.clone()).date();
    material.editions.retain(|(edition, _)| edition.date <= today);
    material.articles.sort_by(|a, b| {
        let key = |summary: &Summary| summary.date.instant;
        key(&b.summary).cmp(&key(&a.summary)).then_with(|| a.summary.source.cmp(&b.summary.source))
    });
    withheld.sort_by(|a, b| a.source.cmp(&b.source));
    Published { material, withheld, hidden }
}

/// Why an article is not published at `now`; `None` if it is.
fn reason(article: &Summary, now: Timestamp) -> Option<Reason> {
    let from = article.publish_at.unwrap_or(article.date.instant);
    if article.draft {
        Some(Reason::Draft)
    } else if now < from {
        Some(Reason::Scheduled(from))
    } else {
        article.expires.filter(|&expires| expires <= now).map(Reason::Expired)
    }
}
