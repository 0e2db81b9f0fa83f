"""The console script takes a command as people write it."""

from config.command import module_of


def test_a_hyphen_in_a_command_is_as_good_as_an_underscore() -> None:
    assert module_of("load-units") == module_of("load_units") == "load_units"
    assert module_of("--version") == "--version"
