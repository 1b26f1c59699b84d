//! The command line in Vietnamese: help, and what is wrong with what was typed.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, Error, FromArgMatches};

const TEMPLATE: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}\n";

/// The arguments of this process.
///
/// # Errors
/// The code to end with, after help, version or what is wrong have been printed.
pub fn parse<P: CommandFactory + FromArgMatches>() -> Result<P, ExitCode> {
    let mut command = localized(P::command());
    let found = command.try_get_matches_from_mut(std::env::args_os());
    found
        .and_then(|matches| P::from_arg_matches(&matches))
        .map_err(|error| answer(&error))
}

/// Prints help and version on standard output, anything else on standard error.
fn answer(error: &Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe (`| head`) is no error.
            let _ = error.print();
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            ExitCode::from(2)
        }
        _ => {
            eprintln!("{}", sentence(error));
            ExitCode::from(2)
        }
    }
}

/// The command with every word of its help in Vietnamese.
pub fn localized(command: Command) -> Command {
    let flag = |name: &'static str, action| Arg::new(name).long(name).action(action).help_heading("Tùy chọn");
    let help = flag("help", ArgAction::HelpShort)
        .short('h')
        .global(true)
        .help("In hướng dẫn này");
    let version = flag("version", ArgAction::Version)
        .short('V')
        .help("In số phiên bản");
    let command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help)
        .arg(version);
    in_vietnamese(command, "")
}

/// One command and those below it; `above` is what is typed before its name.
fn in_vietnamese(command: Command, above: &str) -> Command {
    let typed = format!("{above} {}", command.get_name()).trim_start().to_owned();
    let usage = usage(&command, &typed);
    command
        .help_template(TEMPLATE)
        .override_usage(usage)
        .subcommand_help_heading("Lệnh")
        .mut_args(described)
        .mut_subcommands(|below| in_vietnamese(below, &typed))
}

/// "pholuat import [TÙY CHỌN] <ĐƯỜNG DẪN>...".
fn usage(command: &Command, typed: &str) -> String {
    let mut words = vec![typed.to_owned(), "[TÙY CHỌN]".to_owned()];
    words.extend(command.get_positionals().map(place));
    match (command.has_subcommands(), command.is_subcommand_required_set()) {
        (true, true) => words.push("<LỆNH>".to_owned()),
        (true, false) => words.push("[LỆNH]".to_owned()),
        (false, _) => {}
    }
    words.join(" ")
}

/// The place of a positional argument in a line of usage.
fn place(arg: &Arg) -> String {
    let name = arg.get_value_names().and_then(<[_]>::first);
    let name = name.map_or_else(|| arg.get_id().to_string(), ToString::to_string);
    let dots = match arg.get_action() {
        ArgAction::Append => "...",
        _ => "",
    };
    match arg.is_required_set() {
        true => format!("<{name}>{dots}"),
        false => format!("[{name}]{dots}"),
    }
}

/// The argument under a Vietnamese heading, with its values and its default in words of ours.
fn described(arg: Arg) -> Arg {
    let heading = if arg.is_positional() {
        "Tham số"
    } else {
        "Tùy chọn"
    };
    let arg = arg.help_heading(heading);
    if !arg.get_action().takes_values() {
        return arg;
    }
    let values = arg.get_possible_values();
    let values = values.iter().map(|value| value.get_name().to_owned());
    let defaults = arg.get_default_values().iter();
    let defaults = defaults.map(|value| value.to_string_lossy().into_owned());
    let more = [
        list("nhận: ", values.collect()),
        list("mặc định: ", defaults.collect()),
    ];
    let more: Vec<String> = more.into_iter().flatten().collect();
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let help = list(" (", more).map_or_else(|| help.clone(), |more| format!("{help}{more})"));
    arg.help(help).hide_possible_values(true).hide_default_value(true)
}

/// The values in one line after a word; nothing where there are none.
fn list(before: &str, values: Vec<String>) -> Option<String> {
    (!values.is_empty()).then(|| format!("{before}{}", values.join(", ")))
}

/// What is wrong, what may have been meant, and how the command is used.
fn sentence(error: &Error) -> String {
    let mut lines = vec![format!("Lỗi: {}.", wrong(error))];
    let meant = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    let meant = meant.into_iter().find_map(|kind| told(error, kind));
    lines.extend(meant.map(|word| format!("Có phải bạn muốn gõ: {word}")));
    lines.extend(
        told(error, ContextKind::ValidValue).map(|values| format!("Các giá trị nhận được: {values}")),
    );
    let usage = told(error, ContextKind::Usage);
    let usage = usage.as_deref().and_then(|usage| usage.strip_prefix("Usage:"));
    lines.extend(usage.map(|usage| format!("\nCách dùng: {}", usage.trim())));
    lines.push("Thêm --help để xem hướng dẫn.".to_owned());
    lines.join("\n")
}

/// What is wrong, without the full stop.
fn wrong(error: &Error) -> String {
    let part = |kind| told(error, kind).unwrap_or_default();
    let arg = part(ContextKind::InvalidArg);
    let value = part(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => format!("không có lệnh “{}”", part(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "cần nêu một lệnh".to_owned(),
        ErrorKind::UnknownArgument => format!("không có tham số “{arg}”"),
        ErrorKind::MissingRequiredArgument => format!("còn thiếu {arg}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} cần có giá trị"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("giá trị “{value}” không hợp lệ cho {arg}")
        }
        ErrorKind::TooManyValues => format!("thừa giá trị “{value}” cho {arg}"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("số giá trị cho {arg} không đúng")
        }
        ErrorKind::NoEquals => format!("{arg} phải viết với dấu “=”"),
        ErrorKind::ArgumentConflict => match part(ContextKind::PriorArg) {
            other if other == arg => format!("{arg} chỉ được dùng một lần"),
            other => format!("{arg} không dùng được cùng với {other}"),
        },
        ErrorKind::InvalidUtf8 => "tham số có ký tự không thuộc UTF-8".to_owned(),
        _ => "dòng lệnh không hợp lệ".to_owned(),
    }
}

/// What the error knows of one thing, as text.
fn told(error: &Error, kind: ContextKind) -> Option<String> {
    let text = match error.get(kind)? {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => texts
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", "),
        ContextValue::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}
