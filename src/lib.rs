//! `brief` makes static sites for news briefings in Arabic and other right-to-left languages.

pub mod link;
pub mod load;
pub mod parse;
pub mod plan;
pub mod write;

pub mod disk;
pub mod model;

pub mod diag;
pub mod text;
