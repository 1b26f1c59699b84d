//! Import of files.
