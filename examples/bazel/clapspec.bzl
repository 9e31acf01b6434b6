"""Runs clapspec as an action, so that Bazel can cache it and run it elsewhere."""

def _clapspec_generate_impl(ctx):
    files = ctx.actions.declare_directory(ctx.label.name)
    arguments = ctx.actions.args()
    arguments.add("generate", ctx.file.spec.dirname)
    arguments.add("--out", files.path)
    arguments.add_joined("--only", ctx.attr.only, join_with = ",")
    ctx.actions.run(
        executable = ctx.executable.clapspec,
        arguments = [arguments],
        inputs = ctx.files.srcs + [ctx.file.spec],
        outputs = [files],
        mnemonic = "Clapspec",
        progress_message = "Generating %{label}",
    )
    return [DefaultInfo(files = depset([files]))]

clapspec_generate = rule(
    implementation = _clapspec_generate_impl,
    doc = "Generates files from a spec, into a directory with the name of the target.",
    attrs = {
        "spec": attr.label(
            doc = "The file `cli.yaml` of the spec.",
            allow_single_file = [".yaml"],
            mandatory = True,
        ),
        "srcs": attr.label_list(
            doc = "The other files of the spec, and of a directory of sets that it names in `sets-from`.",
            allow_files = [".yaml", ".html", ".css"],
        ),
        "only": attr.string_list(
            doc = "The parts to generate, such as `rust`. If there are none, all usual parts.",
        ),
        "clapspec": attr.label(
            doc = "The program `clapspec`.",
            allow_single_file = True,
            cfg = "exec",
            executable = True,
            mandatory = True,
        ),
    },
)
