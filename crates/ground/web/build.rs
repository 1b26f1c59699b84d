//! Builds the crate anew when a file of `/web` comes or goes: the folder is embedded.

fn main() {
    println!("cargo:rerun-if-changed=../../../web");
}
