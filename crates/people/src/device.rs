//! What a person recognises a session by.

/// Browser and system in a few words, from `User-Agent`; what cannot be read is "thiết bị khác".
pub(crate) fn named(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 7] = [
        ("coc_coc_browser", "Cốc Cốc"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let first = |table: &[(&str, &'static str)]| {
        let found = table.iter().find(|(mark, _)| agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    match (first(&BROWSERS), first(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "thiết bị khác".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn common_browsers_have_names() {
        let chrome = "Mozilla/5.0 (Linux; Android 9; SM-J260G) AppleWebKit/537.36 (KHTML, like Gecko) \
                      Chrome/120.0.0.0 Mobile Safari/537.36";
        assert_eq!(super::named(chrome), "Chrome, Android");
        assert_eq!(super::named("curl/8.5"), "thiết bị khác");
        assert_eq!(super::named(""), "thiết bị khác");
    }
}
