namespace PluginLoggers;

/// <summary>A triangular mesh, or a cloud of points. Immutable; the arrays given are not copied, and must not change.</summary>
public sealed class MeshData
{
    /// <summary>Takes the parts of a mesh.</summary>
    /// <param name="vertices">x, y and z of each vertex.</param>
    /// <param name="faces">The numbers of the three vertices of each face; empty for a cloud of points.</param>
    /// <param name="colors">Red, green and blue of each vertex, 0 to 255; empty for none.</param>
    /// <param name="configJson">
    /// Camera, lights and material, as
    /// <see href="https://github.com/tensorflow/tensorboard/blob/2.16.2/tensorboard/plugins/mesh/README.md">three.js</see> takes them;
    /// empty for the usual.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There are no whole vertices, faces or colours, or a face names a vertex that is not there.
    /// </exception>
    public MeshData(
        ReadOnlyMemory<float> vertices, ReadOnlyMemory<int> faces = default, ReadOnlyMemory<byte> colors = default, string configJson = "")
    {
        ArgumentNullException.ThrowIfNull(configJson);
        if (vertices.IsEmpty || vertices.Length % 3 != 0)
        {
            throw new ArgumentException(
                $"Found {vertices.Length} coordinates; there are three a vertex, and one vertex at least.", nameof(vertices));
        }

        if (faces.Length % 3 != 0)
        {
            throw new ArgumentException($"Found {faces.Length} corners; there are three a face.", nameof(faces));
        }

        if (!colors.IsEmpty && colors.Length != vertices.Length)
        {
            throw new ArgumentException(
                $"Found {colors.Length} parts of colours for {vertices.Length / 3} vertices; there are three each.", nameof(colors));
        }

        foreach (var vertex in faces.Span)
        {
            if (vertex < 0 || vertex >= vertices.Length / 3)
            {
                throw new ArgumentException($"A face names vertex {vertex}; there are {vertices.Length / 3}, from 0 on.", nameof(faces));
            }
        }

        (Vertices, Faces, Colors, ConfigJson) = (vertices, faces, colors, configJson);
    }

    /// <summary>x, y and z of each vertex.</summary>
    public ReadOnlyMemory<float> Vertices { get; }

    /// <summary>The numbers of the three vertices of each face; empty for a cloud of points.</summary>
    public ReadOnlyMemory<int> Faces { get; }

    /// <summary>Red, green and blue of each vertex; empty for none.</summary>
    public ReadOnlyMemory<byte> Colors { get; }

    /// <summary>Camera, lights and material as JSON; empty for the usual.</summary>
    public string ConfigJson { get; }

    /// <summary>One value a part that is there, each with a tag of its own.</summary>
    internal IEnumerable<ProtoWriter> ToValues(string name)
    {
        // The parts by their numbers in the format: 1 vertices, 2 faces, 3 colours. Each value says which of them there are.
        var components = (1UL << 1) | (Faces.IsEmpty ? 0UL : 1UL << 2) | (Colors.IsEmpty ? 0UL : 1UL << 3);
        yield return Part("VERTEX", 1, Vertices.ToArray());
        if (!Faces.IsEmpty)
        {
            yield return Part("FACE", 2, [.. Faces.ToArray().Select(vertex => (float)vertex)]);
        }

        if (!Colors.IsEmpty)
        {
            yield return Part("COLOR", 3, [.. Colors.ToArray().Select(color => (float)color)]);
        }

        ProtoWriter Part(string suffix, ulong type, float[] numbers)
        {
            long[] shape = [1, numbers.Length / 3, 3];
            var content = new ProtoWriter().Text(2, name).Number(3, type).Text(5, ConfigJson).Numbers(6, shape).Number(7, components);
            return SummaryProto.Value($"{name}_{suffix}", "mesh", content, SummaryProto.Floats(numbers, shape));
        }
    }
}
