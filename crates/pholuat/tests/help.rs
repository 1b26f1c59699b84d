//! Help and complaints about the command line are Vietnamese, in the real program.

use std::process::{Command, Output};

fn pholuat(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pholuat"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

/// Words that clap would say by itself.
const ENGLISH: [&str; 12] = [
    "Usage",
    "Options",
    "Commands",
    "Arguments",
    "Print",
    "default",
    "possible",
    "OPTIONS",
    "COMMAND",
    "error:",
    "help for",
    "required",
];

fn assert_vietnamese(text: &str) {
    for word in ENGLISH {
        assert!(!text.contains(word), "“{word}” in:\n{text}");
    }
}

#[test]
fn help_of_every_command_is_vietnamese() {
    let commands = [
        "serve", "import", "inspect", "search", "export", "check", "backup", "restore", "config", "units",
    ];
    let whole = String::from_utf8(pholuat(&["--help"]).stdout).expect("UTF-8");
    assert_vietnamese(&whole);
    assert!(whole.contains("Cách dùng: pholuat [TÙY CHỌN] <LỆNH>"), "{whole}");
    for command in commands {
        assert!(whole.contains(command), "{command} in:\n{whole}");
        for flag in ["--help", "-h"] {
            let output = pholuat(&[command, flag]);
            let text = String::from_utf8(output.stdout).expect("UTF-8");
            assert!(output.status.success() && output.stderr.is_empty());
            assert!(
                text.contains(&format!("Cách dùng: pholuat {command} [TÙY CHỌN]")),
                "{text}"
            );
            assert!(text.contains("In hướng dẫn này"), "{text}");
            assert_vietnamese(&text);
        }
    }
    let export = String::from_utf8(pholuat(&["export", "-h"]).stdout).expect("UTF-8");
    assert!(
        export.contains("(nhận: xml, json, docx, epub, mặc định: xml)"),
        "{export}"
    );
}

#[test]
fn what_is_wrong_is_said_in_vietnamese() {
    let cases: [(&[&str], &str); 8] = [
        (&["serv"], "Lỗi: không có lệnh “serv”."),
        (&["serv"], "Có phải bạn muốn gõ: search, serve"),
        (&["import"], "Lỗi: còn thiếu <ĐƯỜNG DẪN>..."),
        (
            &["export", "--format", "pdf"],
            "Các giá trị nhận được: xml, json, docx, epub",
        ),
        (
            &["search", "a", "--page", "x"],
            "Lỗi: giá trị “x” không hợp lệ cho --page <SỐ>.",
        ),
        (&["search", "a", "--foo"], "Lỗi: không có tham số “--foo”."),
        (&["serve", "--config"], "Lỗi: --config <TỆP> cần có giá trị."),
        (
            &["check", "--config", "a", "--config", "b"],
            "Lỗi: --config <TỆP> chỉ được dùng một lần.",
        ),
    ];
    for (arguments, expected) in cases {
        let output = pholuat(arguments);
        let text = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text.contains(expected), "{arguments:?} says:\n{text}");
        assert!(text.contains("--help"), "{text}");
        assert_vietnamese(&text);
    }
}

#[test]
fn nothing_typed_shows_the_help_and_the_version_is_bare() {
    let output = pholuat(&[]);
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(text.contains("Cách dùng:"), "{text}");
    assert_vietnamese(&text);
    let version = String::from_utf8(pholuat(&["--version"]).stdout).expect("UTF-8");
    assert_eq!(version.trim(), format!("pholuat {}", env!("CARGO_PKG_VERSION")));
}
