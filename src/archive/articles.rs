//! The records of one article. In: its number. Out: all that is known of it, or the part that somebody asks for by the
//! thousand.

use super::{
    Snapshot,
    pack::{self, unseal},
    tables,
};
use crate::model::{
    face::Face,
    newsroom::{Address, ArticleId, EntityIdx, Excerpt, Filed, Place, Row},
};

impl Snapshot {
    /// All that is known of an article but its body.
    #[must_use]
    pub fn filed(&self, id: ArticleId) -> Option<Filed> {
        self.record(&self.articles, id.0)
    }

    /// What lists and feeds show of an article.
    #[must_use]
    pub fn face(&self, id: ArticleId) -> Option<Face> {
        self.with(&self.articles, id.0, Face::of_record)
    }

    /// What lists and neighbours need of an article.
    #[must_use]
    pub fn row(&self, id: ArticleId) -> Option<Row> {
        self.with(&self.rows, id.0, pack::read_row)
    }

    /// Where an article is published and how it is called, and since when as it is.
    #[must_use]
    pub fn address(&self, id: ArticleId) -> Option<Address> {
        self.record(&self.addresses, id.0)
    }

    /// What sitemaps show of an article.
    #[must_use]
    pub fn place(&self, id: ArticleId) -> Option<Place> {
        let read = |bytes: &[u8]| postcard::take_from_bytes(bytes).ok().map(|(place, _)| place);
        self.with(&self.addresses, id.0, read)
    }

    /// What decides on an article's rank in its day: the less, the higher.
    #[must_use]
    pub fn priority(&self, id: ArticleId) -> Option<u8> {
        self.with(&self.rows, id.0, pack::priority_of_row)
    }

    /// The entities of an article.
    #[must_use]
    pub fn entities(&self, id: ArticleId) -> Option<Vec<EntityIdx>> {
        self.with(&self.rows, id.0, pack::entities_of_row)
    }

    /// The sentences around the mentions of an entity in an article's running text, each once, in order.
    #[must_use]
    pub fn excerpts(&self, id: ArticleId, entity: EntityIdx) -> Vec<Excerpt> {
        let read = |bytes: &[u8]| pack::read_excerpts(bytes, entity);
        self.with(&self.excerpts, id.0, read).unwrap_or_default()
    }

    /// The articles whose signature is one that is meant.
    #[must_use]
    pub fn articles_signed(&self, is_meant: impl Fn(&[u8]) -> bool) -> Vec<ArticleId> {
        let Some(table) = self.open(tables::SIGNATURES) else { return Vec::new() };
        let mut meant = Vec::new();
        self.each::<_, _, u32, _>(&table, .., |id, bytes| {
            match unseal(bytes) {
                Some(signature) => meant.extend(is_meant(signature).then_some(ArticleId(id))),
                None => _ = self.note::<()>("a record is damaged"),
            }
            Some(())
        });
        meant
    }

    /// Whether there is an article with a number.
    #[must_use]
    pub fn has_article(&self, id: ArticleId) -> bool {
        self.with(&self.articles, id.0, |_| Some(())).is_some()
    }

    /// The largest number that an article bears.
    #[must_use]
    pub fn last_article(&self) -> Option<ArticleId> {
        use redb::ReadableTable as _;
        self.rows.last().ok().flatten().map(|(id, _)| ArticleId(id.value()))
    }
}
