using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PluginLoggers.Csv.Hparams;

/// <summary>Writes hyperparameters as YAML, nested as their names say.</summary>
internal sealed class HyperparametersWriter
{
    private static readonly EmitterSettings Settings = new EmitterSettings().WithBestWidth(int.MaxValue).WithNewLine("\n");

    private readonly Emitter _emitter;

    private HyperparametersWriter(TextWriter output) => _emitter = new Emitter(output, Settings);

    /// <summary>The whole file.</summary>
    public static string Write(HyperparameterTree tree)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var writer = new HyperparametersWriter(output);
        writer._emitter.Emit(new StreamStart());
        writer._emitter.Emit(new DocumentStart());
        writer.EmitMapping(tree);
        writer._emitter.Emit(new DocumentEnd(isImplicit: true));
        writer._emitter.Emit(new StreamEnd());
        return output.ToString();
    }

    private void EmitMapping(HyperparameterTree tree)
    {
        _emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
        EmitEntries("", tree);
        _emitter.Emit(new MappingEnd());
    }

    private void EmitEntries(string prefix, HyperparameterTree tree)
    {
        foreach (var (name, child) in tree.Children)
        {
            EmitText(prefix + name);
            EmitNode(child);
            if (child.IsAmbiguous)
            {
                EmitEntries(prefix + name + "/", child);
            }
        }
    }

    /// <summary>The value of a node, if it has one, and what is below it otherwise.</summary>
    private void EmitNode(HyperparameterTree node)
    {
        if (node.HasValue)
        {
            EmitValue(node.Value);
        }
        else if (node.IsList)
        {
            _emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
            foreach (var (_, child) in node.Children)
            {
                EmitNode(child);
            }

            _emitter.Emit(new SequenceEnd());
        }
        else
        {
            EmitMapping(node);
        }
    }

    private void EmitValue(object? value)
    {
        if (value is string text)
        {
            EmitText(text);
        }
        else
        {
            Emit(YamlScalar.TextOf(value), ScalarStyle.Plain);
        }
    }

    private void EmitText(string text) =>
        Emit(text, YamlScalar.IsPlain(text) ? ScalarStyle.Plain : IsSimple(text) ? ScalarStyle.SingleQuoted : ScalarStyle.DoubleQuoted);

    /// <summary>Everything but plain ASCII is written with escapes.</summary>
    private static bool IsSimple(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private void Emit(string text, ScalarStyle style)
    {
        var isPlain = style == ScalarStyle.Plain;
        _emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: isPlain, isQuotedImplicit: !isPlain));
    }
}
