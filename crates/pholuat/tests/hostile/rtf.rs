//! RTF files made to harm.

/// All of them by name.
pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    let file = |body: &str| format!("{{\\rtf1\\ansi{{\\fonttbl{{\\f0 Arial;}}}}{body}}}").into_bytes();
    let edges = "\\cellx9".repeat(3_000);
    let row = |depth: usize| {
        format!(
            "\\pard\\intbl\\itap{depth} a\\nestcell{{\\*\\nesttableprops\\trowd\\cellx9\\cellx99\\nestrow}}"
        )
    };
    let fonts: String = (0..100_000).map(|number| format!("{{\\f{number} F;}}")).collect();
    vec![
        ("groups.rtf", file(&"{".repeat(1_000_000))),
        (
            "bin.rtf",
            file(&format!(
                "{}\\bin2147483647 x",
                "\\bin-5 a\\bin3 {{{".repeat(50_000)
            )),
        ),
        ("skips.rtf", file(&"\\uc2000000000\\u272 ".repeat(100_000))),
        (
            "rows.rtf",
            file(&format!("\\trowd{edges}\\intbl a\\cell\\row").repeat(200)),
        ),
        (
            "depths.rtf",
            file(&"\\itap2000000000\\intbl a\\nestcell\\itap1 b\\cell ".repeat(20_000)),
        ),
        (
            "nested.rtf",
            file(&(2..22).map(row).collect::<String>().repeat(1_000)),
        ),
        ("fonts.rtf", file(&format!("{{\\fonttbl{fonts}}}\\f99999 a"))),
        (
            "fields.rtf",
            file(&"{\\field{\\*\\fldinst TOC}{\\fldrslt ".repeat(150)),
        ),
        (
            "formulas.rtf",
            file(&"{\\mmath{\\*\\moMath{\\md{\\me x}{\\mden y}}}}".repeat(30_000)),
        ),
        ("footnotes.rtf", file(&"a{\\footnote b}".repeat(60_000))),
        (
            "pictures.rtf",
            file(&format!("{{\\pict {}}}", "00".repeat(3_000_000))),
        ),
    ]
}
