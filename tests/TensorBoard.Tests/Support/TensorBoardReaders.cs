using System.Globalization;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>
/// What the two readers of TensorBoard keep of a run's events, by their rules of restarts: the Python reader
/// (<see href="https://github.com/tensorflow/tensorboard/blob/2.16.2/tensorboard/backend/event_processing/plugin_event_accumulator.py"/>)
/// and the data server in Rust (<see href="https://github.com/tensorflow/tensorboard/blob/2.16.2/tensorboard/data/server/reservoir.rs"/>).
/// </summary>
internal static class TensorBoardReaders
{
    public static Dictionary<string, List<ShownPoint>> Python(IEnumerable<Event> events)
    {
        var shown = new Dictionary<string, List<ShownPoint>>();
        var (version, sessions, lastStep) = (0.0, 0, long.MinValue);
        foreach (var read in events)
        {
            if (read.WhatCase == Event.WhatOneofCase.FileVersion)
            {
                version = double.Parse(read.FileVersion.Split(':')[1], CultureInfo.InvariantCulture);
            }

            if (version >= 2)
            {
                // The first session of a run is its beginning; each one after it is a restart, which concerns all tags.
                if (read.SessionLog is { Status: SessionLog.Types.SessionStatus.Start } && sessions++ > 0)
                {
                    Purge(shown.Values, read.Step);
                }
            }
            else if (read.Summary is not null && read.Step < lastStep)
            {
                Purge(PointsOf(read).Where(point => shown.ContainsKey(point.Tag)).Select(point => shown[point.Tag]), read.Step);
            }

            lastStep = read.Summary is null ? lastStep : read.Step;
            foreach (var (tag, point) in PointsOf(read))
            {
                Of(shown, tag).Add(point);
            }
        }

        return shown;
    }

    public static Dictionary<string, List<ShownPoint>> DataServer(IEnumerable<Event> events)
    {
        var shown = new Dictionary<string, List<ShownPoint>>();
        foreach (var (tag, point) in events.SelectMany(PointsOf))
        {
            var points = Of(shown, tag);
            while (points.Count > 0 && points[^1].Step >= point.Step)
            {
                points.RemoveAt(points.Count - 1);
            }

            points.Add(point);
        }

        return shown;
    }

    private static void Purge(IEnumerable<List<ShownPoint>> tags, long step)
    {
        foreach (var points in tags)
        {
            points.RemoveAll(point => point.Step >= step);
        }
    }

    private static List<ShownPoint> Of(Dictionary<string, List<ShownPoint>> shown, string tag)
    {
        if (!shown.TryGetValue(tag, out var points))
        {
            shown.Add(tag, points = []);
        }

        return points;
    }

    private static IEnumerable<(string Tag, ShownPoint Point)> PointsOf(Event read) => (read.Summary?.Value ?? []).Select(value =>
        (value.Tag, new ShownPoint(read.Step, read.WallTime, value.ValueCase == Summary.Types.Value.ValueOneofCase.SimpleValue ? value.SimpleValue : 0)));
}
