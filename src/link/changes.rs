//! What changes in the archive. In: for each article how it was filed and how it is filed now. Out: [`Changes`]: keys,
//! references and due times to add and to take away. [`Changes::note`] is the entry.

use super::publish::{KeptReason, Reason, Sight, due, reason, withheld};
use crate::{
    archive::{Batch, FiledEdition, StoreError, base_key, translation_key},
    model::{
        article::{BodyLink, BodyLinkKind, Image},
        links::{id_key, id_keys, keys, path_key},
        newsroom::{ArticleId, Filed},
        route,
        source::Written,
    },
    text::fold,
};

/// What changes in the archive beside articles and their rows.
#[derive(Debug, Default)]
pub struct Changes {
    /// Keys by which articles are found; whether what bears it is published.
    pub keys: Vec<((u64, u32), Option<bool>)>,
    /// What published texts refer to.
    pub backlinks: Vec<((u64, u32), bool)>,
    /// Old addresses.
    pub redirects: Vec<(String, ArticleId, bool)>,
    due: Vec<((i64, u32), bool)>,
    withheld: Vec<(String, Option<KeptReason>)>,
}

impl Changes {
    /// Notes how an article was filed when the site was last looked at, and how it is filed now.
    pub fn note(
        &mut self,
        id: ArticleId,
        old: Option<(&Filed, Sight)>,
        new: Option<(&Filed, Sight)>,
    ) {
        for (filed, sight, is_there) in old
            .map(|(it, sight)| (it, sight, false))
            .into_iter()
            .chain(new.map(|(it, sight)| (it, sight, true)))
        {
            let summary = &filed.summary;
            let why = withheld(summary, sight);
            let known = article_keys(filed).into_iter();
            self.keys.extend(known.map(|key| ((key, id.0), is_there.then_some(why.is_none()))));
            self.due.extend(due(summary, sight).map(|at| ((at, id.0), is_there)));
            if why.is_none() {
                let refers = refers_to(filed).into_iter();
                self.backlinks.extend(refers.map(|key| ((key, id.0), is_there)));
                let aliases = summary.aliases.iter();
                self.redirects.extend(
                    aliases
                        .map(|alias| (route::old(&alias.text).as_str().to_owned(), id, is_there)),
                );
            }
            // What is shown before its time is withheld all the same, and marked where it is shown.
            if let Some(why) = reason(summary, sight.now) {
                self.withheld.push((summary.source.clone(), is_there.then(|| why.into())));
            }
        }
    }

    /// Writes what links are looked up by, from both ends, and forgets it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write_keys(&mut self, batch: &Batch) -> Result<(), StoreError> {
        // What goes comes before what comes: an article that keeps a name must not lose it.
        let mut keys = std::mem::take(&mut self.keys);
        keys.sort_unstable_by_key(|(key, published)| (*key, published.is_some()));
        batch.put_keys(keys)?;
        let mut backlinks = std::mem::take(&mut self.backlinks);
        backlinks.sort_unstable();
        batch.put_backlinks(backlinks)
    }

    /// Writes everything else.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write_rest(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.due.sort_unstable();
        batch.put_due(self.due.iter().copied())?;
        self.redirects.sort_unstable();
        for (from, to, is_there) in &self.redirects {
            batch.put_redirect(from, *to, *is_there)?;
        }
        for (source, reason) in &self.withheld {
            batch.put_withheld(source, reason.as_ref())?;
        }
        Ok(())
    }
}

/// The keys by which an article is found: its path, its stem, its path below `content/articles/`.
#[must_use]
pub fn article_keys(filed: &Filed) -> Vec<u64> {
    let (source, stem) = (&filed.summary.source, &filed.summary.stem);
    let mut keys = vec![
        path_key(source),
        id_key(&fold::key(stem)),
        id_key(&fold::key(path_below_articles(source))),
    ];
    let base = &filed.summary.base;
    if !base.is_empty() {
        // Without its language, and as one of those that say the same.
        keys.extend([id_key(&fold::key(base)), base_key(base)]);
        keys.extend(filed.summary.translation_of.iter().map(|it| translation_key(&it.text)));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys of all articles that may be translations of this one, or of which it may be one.
#[must_use]
pub fn kindred(filed: &Filed) -> Vec<u64> {
    let summary = &filed.summary;
    if summary.base.is_empty() {
        return Vec::new();
    }
    let mut keys = vec![
        base_key(&summary.base),
        translation_key(&summary.base),
        translation_key(&summary.stem),
    ];
    keys.extend(summary.translation_of.iter().flat_map(|it| id_keys(&it.text)));
    keys
}

/// An article's path below `content/articles/` without extension, by which it can be told from namesakes.
fn path_below_articles(source: &str) -> &str {
    let below = source.strip_prefix("content/articles/").unwrap_or(source);
    let below = below.rsplit_once('.').map_or(below, |(path, _)| path);
    below.strip_suffix("/index").unwrap_or(below)
}

/// The keys of all that an article's text and lead image refer to.
fn refers_to(filed: &Filed) -> Vec<u64> {
    let summary = &filed.summary;
    keys_of(&summary.source, summary.image.as_ref(), &filed.links)
}

/// The keys of all that an edition refers to: the articles that it names, and what its text leads to.
#[must_use]
pub fn edition_refers_to(filed: &FiledEdition) -> Vec<u64> {
    let mut keys = keys_of(&filed.edition.source, None, &filed.links);
    keys.extend(filed.edition.items.iter().flat_map(|item| id_keys(&item.text)));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys by which an edition is found.
#[must_use]
pub fn edition_keys(filed: &FiledEdition) -> Vec<u64> {
    let date = filed.edition.date;
    vec![
        path_key(&filed.edition.source),
        id_key(&fold::key(&date.to_string())),
        id_key(&fold::key(&format!("editions/{date}"))),
    ]
}

/// The keys of all that a text and its image refer to, in order.
pub(super) fn keys_of(source: &str, image: Option<&Image>, links: &[BodyLink]) -> Vec<u64> {
    let mut all: Vec<u64> =
        image_link(image).iter().chain(links).flat_map(|link| keys(source, link)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A lead image is found as one in the text is.
pub(super) fn image_link(image: Option<&Image>) -> Option<BodyLink> {
    let dest = |src: &Written| src.clone();
    image.map(|image| BodyLink { dest: dest(&image.src), kind: BodyLinkKind::Image })
}

/// A reason from the archive.
#[must_use]
pub fn kept(reason: KeptReason) -> Reason {
    reason.into()
}
