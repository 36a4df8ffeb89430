//! The lab's tests over whole files: records against their schema, our figures against those of
//! the shared scorer, annotations against their pages.

mod annotated;
mod schema;
mod score;
