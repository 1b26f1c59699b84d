//! What happens to an act right after it is written: the seam between import and pages.
